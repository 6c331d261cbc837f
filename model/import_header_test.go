package model

import (
	"slices"
	"strings"
	"testing"
)

func TestHeadingsOfPhonesAreKnownInFiveLanguages(t *testing.T) {
	t.Parallel()
	for kind, names := range map[phoneColumn]string{
		mobilePhone: `Mobile Phone|Mobile|MobilePhone|mobile_phone|Cell|Cell phone|Cellular|MSISDN|Mobile No.|Mobile number|
			Моб. тел.|Моб.|Мобильный|Мобильный телефон|Сотовый|Сотовый телефон|Телефон (моб.)|Тел. моб.|Телефон переносной|
			Номер мобильного|Номер моб. телефона|мобильный номер|Мабільны тэлефон|Мабільны|Мобільний|Мобільний телефон|Моб. телефон|
			Κινητό|Κινητό τηλέφωνο|Κινητό Τηλ.|Αριθμός κινητού|Viber|Номер Viber|WhatsApp|Primary Mobile|mobileNumber`,
		plainPhone: `Phone|phone number|PHONE_NUMBER|phoneNumber|Phone No.|Phone #|Phone 1 - Value|Phones|Tel|Tel.|Telephone|
			Telephone Number|Contact phone|Contact Number|Primary Phone|Customer phone|Phone of customer|Billing Phone|
			Телефон|Тел.|Тел|Телефоны|Номер телефона|№ телефона|Контактный телефон|Телефон контактного лица|Телефон клиента|
			Контактный номер|Телефон 1|Телефон1|Номер тел.|Номер абонента|Телефон покупателя|Ваш телефон|
			КонтактнаяИнформация.Телефон|Телефон:|Тэлефон|Нумар тэлефона|Кантактны тэлефон|Номер телефону|Контактний телефон|
			Телефон клієнта|Телефон контактної особи|Τηλέφωνο|ΤΗΛΕΦΩΝΟ|Τηλ.|Τηλ|Αριθμός τηλεφώνου|Τηλέφωνο επικοινωνίας|
			Основной телефон|Личный телефон|Телефон (осн.)|Тел1|Default Address Phone|Κύριο τηλέφωνο|Director phone`,
		otherPhone: `Home Phone|Business Phone|Work Phone|Company Main Phone|Car Phone|Other Phone|Office phone|Рабочий телефон|
			Домашний телефон|Тел. раб.|Телефон дом.|Городской телефон|Телефон служебный|Дополнительный телефон|Домашній телефон|
			Робочий телефон|Хатні тэлефон|Працоўны тэлефон|Τηλέφωνο εργασίας|Τηλέφωνο οικίας|Σταθερό τηλέφωνο|Home Phone 2|Телефон/факс|
			Тел./факс|Другой телефон|Радиотелефон|Телефон в машине|Рабочий прямой телефон|Прочие телефоны|Доп. телефон|Запасной телефон|
			Резервный номер телефона|Alternate Phone|Daytime Phone|Second Phone|Запасний телефон|Άλλο τηλέφωνο|
			Τηλέφωνο επιχείρησης`,
		onlyNumber:   `Number|No.|#|№|Номер|Нумар|№ №`,
		foreignPhone: `Assistant's Phone|Телефон менеджера|Manager phone|Телефон курьера`,
		notPhone: `Name|Имя|ФИО|Phone 1 - Type|Phone 1 - Label|Тип телефона|Home Fax|Факс|Телефон/факс подтвержден|Phone verified|
			Модель телефона|Номер заказа|Номер договора|Номер карты|Код|Оператор|Mobile operator|Email|Город|Адрес|Телеграм|
			Phone country|Код телефона|Telegram|Television|Ячейка|Номенклатура|Кол-во|тел. +375291111101|Телекс|Имя (телефон)|Όνομα|
			Cellar|Numbering|`,
	} {
		for name := range strings.SplitSeq(names, "|") {
			name = strings.TrimSpace(name)
			if got, _ := phoneHeading(name); got != kind {
				t.Errorf("%q: got %d, want %d", name, got, kind)
			}
		}
	}
}

func TestThePhoneColumnIsChosenByNameOrNumber(t *testing.T) {
	t.Parallel()
	const file = "Клиент;Связь;Телефон клиента;Телефон директора\nАнна;+375291111101;+375291111102;+375291111103\n"
	for chosen, want := range map[string]string{
		"Связь": "375291111101", "телефон клиента": "375291111102", "4": "375291111103", "4,3": "375291111103",
		"Почта": "there is no column", "9": "there is no column",
		"": "phones of different people"} {
		o := ImportOptions{DefaultCountry: "BY"}
		if chosen != "" {
			o.PhoneColumns = strings.Split(chosen, ",")
		}
		list, err := ReadRecipients(strings.NewReader(file), o)
		switch {
		case err != nil && !strings.Contains(err.Error(), want):
			t.Errorf("%q: %v, want %s", chosen, err, want)
		case err == nil && (len(list.Rows()) != 1 || list.Rows()[0].Phone.Digits() != want):
			t.Errorf("%q: %+v, want %s", chosen, list.Rows(), want)
		}
	}
}

func TestPhonesUnderAnUnknownHeadingAreFoundByWhatTheyAre(t *testing.T) {
	t.Parallel()
	list := readList(t, "Выгрузка из программы\n\nКто|Куда звонить\nАнна|80291111101\nПётр|+375 29 111-11-02\n")
	if len(list.Rows()) != 2 || !slices.Equal(list.Recipients, []string{"Куда звонить"}) || len(list.Skipped) != 1 ||
		list.Skipped[0] != (SkippedLine{1, "Выгрузка из программы"}) {
		t.Errorf("%+v", list)
	}
	if _, err := ReadRecipients(strings.NewReader("Кто;Куда;Сюда\nАнна;80291111101;80291111102\n"),
		ImportOptions{DefaultCountry: "BY"}); err == nil || !strings.Contains(err.Error(), "choose") {
		t.Errorf("two columns of phones without a name: %v", err)
	}
}

func TestAPhoneIsReadOnceForAllThatBeginLikeIt(t *testing.T) {
	t.Parallel()
	reader := NewPhoneReader("BY")
	for _, s := range []string{"80291111101", "80291112233", "+375 29 111-99-99", "+375291110000", "8017 2001001",
		"80172001999",
		"375291111101", "291111101", "291112222", "+3069485309", "+306948530920", "+306948530999", "8029111110",
		"802911111012",
		"+4915112345678", "+4915112349999", "0291111101", "00375291111101", "00375291119999", "+6834001", "+6834999"} {
		want, wantErr := ParsePhone(s, "BY")
		got, _, err := reader.Read(s)
		if got != want || (err == nil) != (wantErr == nil) {
			t.Errorf("%q: got %v, %v; want %v, %v", s, got, err, want, wantErr)
		}
	}
}

func TestANumberThatIsSaidToHaveViberComesFirst(t *testing.T) {
	t.Parallel()
	list, err := ReadRecipients(strings.NewReader(
		"WhatsApp;Viber\n+375291111101;8 (029) 111-11-02, моб.\n+375291111103;\n"),
		ImportOptions{DefaultCountry: "BY"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range list.Rows() {
		got = append(got, r.Phone.Digits())
	}
	if want := []string{"375291111102", "375291111103"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestOtherPhonesOfAPersonStandBehindTheFirst(t *testing.T) {
	t.Parallel()
	for _, heading := range []string{
		"Мобильный телефон,Рабочий телефон,Рабочий прямой телефон,Домашний телефон,Другой телефон",
		"Phone,Alternate Phone", "Телефон (осн.),Телефон (доп.)", "Тел1,Тел2", "Phone,Default Address Phone",
		"Κινητό,Τηλέφωνο επιχείρησης,Άλλο τηλέφωνο"} {
		columns := strings.Split(heading, ",")
		if at, _, err := recipientColumns(columns); err != nil || len(at) != len(columns) || at[0] != 0 {
			t.Errorf("%s: %v, %v", heading, at, err)
		}
	}
	if _, _, err := recipientColumns([]string{"Phone", "Director phone"}); err == nil {
		t.Error("the phones of two people were taken for those of one")
	}
}
