package lang_test

import (
	"testing"

	"viberdeck/model"
	"viberdeck/ui/lang"
)

func TestWhatIsSomebodysDataIsNeverTranslated(t *testing.T) {
	t.Parallel()
	russian := lang.LanguageOf(model.Russian)
	hostile := []string{"sent", "open", "failed", "read", "Sale (2); within 24h0m0s: done", "%s", "{\"f\":\"done\"}"}
	for _, name := range hostile {
		for _, text := range []model.Text{model.Data(name), model.StoredText(model.Data(name).Stored()),
			model.Say("%s", name)} {
			if got := russian.Text(text); got != name {
				t.Errorf("%q is shown as %q", name, got)
			}
		}
		for words, want := range map[string]string{
			russian.Text(model.StoredText(model.Say("paused by %s", name).Stored())): "пауза: " + name,
			russian.Fault(model.NotFound("there is no campaign %s", name)):           "нет кампании " + name,
			russian.Fault(model.Repeated(3, model.Say("since this was checked"),
				[]string{name})): "текст: из этих людей 3 уже " +
				"получили такое же сообщение " + russian.Tr("since this was checked") + " (" + name +
				"); повторяйте только намеренно: --again",
		} {
			if words != want {
				t.Errorf("%q is said as %q, want %q", name, words, want)
			}
		}
	}
}

func TestAThirdLanguageIsOneTable(t *testing.T) {
	t.Parallel()
	polish := lang.ReadLanguage([]byte(`msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "paused by %s"
msgstr "wstrzymał(a) %s"

msgid "row"
msgid_plural "rows"
msgstr[0] "wiersz"
msgstr[1] "wiersze"
msgstr[2] "wierszy"
`))
	for n, want := range map[int64]string{1: "1 wiersz", 3: "3 wiersze", 5: "5 wierszy", 21: "21 wierszy",
		22: "22 wiersze"} {
		if got := polish.Plural(n, "row", "rows"); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if got := polish.Text(model.Say("paused by %s", "open")); got != "wstrzymał(a) open" {
		t.Errorf("said %q", got)
	}
}
