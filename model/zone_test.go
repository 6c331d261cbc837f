package model

import (
	"strings"
	"testing"
)

func TestAZoneIsFoundByItsNameInAnyLetters(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Athens", "UTC", "GMT", "America/New_York", "America/Port_of_Spain",
		"America/Port-au-Prince", "Africa/Dar_es_Salaam", "Etc/GMT+3", "Etc/UTC", "Asia/Ust-Nera", "EET",
		"America/North_Dakota/New_Salem", "Antarctica/McMurdo", "Antarctica/DumontDUrville", "Europe/Kyiv"} {
		for _, typed := range []string{name, strings.ToLower(name), strings.ToUpper(name)} {
			if zone, err := Zone(typed); err != nil || zone.String() != name {
				t.Errorf("%q: %v, %v", typed, zone, err)
			}
		}
	}
	for _, no := range []string{"Europe/Nowhere", "/", "../etc/passwd", "Афины", "-", "europe/"} {
		if zone, err := Zone(no); err == nil {
			t.Errorf("%q is %v", no, zone)
		}
	}
}
