package model

import "testing"

func TestVendorsSayInManyWaysThatTheMoneyIsNotEnough(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"Payment required":                                   true,
		"mailing list 3: Not enough money":                   true,
		"Not enough funds on the account":                    true,
		"Insufficient balance":                               true,
		"insufficient_funds":                                 true,
		"INSUFFICIENT-CREDIT":                                true,
		"not enough money on the balance to send":            true,
		"Your balance is too low":                            true,
		"The account balance is not enough for it":           true,
		"You don't have enough balance to send the campaign": true,
		"mailing list 4: Optimal image size 800x800 px":      false,
		"Contact is not active":                              false,
		"No default senderId registered for country":         false,
		"Not Viber User":                                     false,
		"balanced text":                                      false,
		"":                                                   false,
	} {
		if got := MeansNoMoney(words); got != want {
			t.Errorf("%q means a lack of money: %t, want %t", words, got, want)
		}
	}
}
