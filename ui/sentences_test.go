package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"viberdeck/model"
)

// outside are the packages whose sentences reach the screen finished; so do the application errors
// of the screens themselves.
var outside = []string{"../model", "../cache", "../vendors", "../vendors/callbacks", "../vendors/wooxy",
	"../vendors/smsby", "../vendors/routee", "../vendors/sendpulse"}

type noSentence struct {
	what string
	is   func(file, text string) bool
}

// noSentences are the texts of those packages that nobody reads on a screen, with the reason.
var noSentences = []noSentence{
	{"SQL", func(_, text string) bool { return sqlText.MatchString(text) }},
	{"the words people write to opt out", inFile("optout_words.go")},
	{"the vendors' documents in short, for docs/vendors.md", inFile("methods.go")},
	{"words of the vendors", inFile("words.go")},
	{"the names of a CSV's columns", func(file, text string) bool {
		return strings.HasSuffix(file, "recipients_csv.go") && text == "phone number"
	}},
	{"why the dashboard could not run, told when the screen is gone", oneOf("dashboard: %w")},
	{"parts of a request, of a file or of a statement",
		oneOf("Bearer %s", "Basic %s", "HEAD %s/mobile", "2 Jan 15:04", "SQLite format 3\x00", " (errorCode: %s)",
			", excluded.")},
}

func inFile(name string) func(string, string) bool {
	return func(file, _ string) bool { return strings.HasSuffix(file, "/"+name) }
}

func oneOf(texts ...string) func(string, string) bool {
	return func(_, text string) bool { return slices.Contains(texts, text) }
}

func TestEverySentenceFromOutsideTheScreensHasItsRussian(t *testing.T) {
	t.Parallel()
	russian := newLanguage(model.Russian)
	found := outsideSentences(t)
	var missing []string
	for _, text := range slices.Sorted(maps.Keys(found)) {
		if _, ok := russian.inside["sentence"][text]; !ok {
			missing = append(missing, "# "+found[text]+"\nmsgctxt \"sentence\"\nmsgid "+strconv.Quote(text)+
				"\nmsgstr \"\"\n")
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d sentences have no Russian; put them into messages/ru.po:\n\n%s", len(missing),
			strings.Join(missing, "\n"))
	}
}

var sqlText = regexp.MustCompile(
	`\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|CREATE|ORDER BY|AND|OR|IN|PRAGMA|FALSE|EXISTS|AS) |coalesce\(|instr\(|fold\(| = \?| [<>]?=? '|^[a-z]+\.[a-z_]+, |^[a-z]+, [a-z]+, |<> ''|iif\(|INDEXED|^[a-z_]+ [b-z](%s)?$|\b[a-z]\.[a-z_]+ |^[a-z_]+ [b-z] `)

var someWord = regexp.MustCompile(`[a-z]{2,}`)

// outsideSentences gives the texts of the packages outside that have words with spaces, each with
// its file.
func outsideSentences(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, dir := range append(outside, ".") {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has no files: %v", dir, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tree, err := parser.ParseFile(token.NewFileSet(), file, source, 0)
			if err != nil {
				t.Fatal(err)
			}
			all := texts(tree)
			if dir == "." {
				all = refusals(tree)
			}
			for _, text := range all {
				excluded := func(no noSentence) bool { return no.is(file, text) }
				if strings.Contains(strings.TrimSpace(text), " ") && someWord.MatchString(text) &&
					!slices.ContainsFunc(noSentences, excluded) {
					found[text] = strings.TrimPrefix(file, "../")
				}
			}
		}
	}
	return found
}

// texts gives the constant texts of a file; in one that is put together with + what is not constant
// is a %s. What goes to the program's log and what a vendor says are left out.
func texts(tree *ast.File) []string {
	var all []string
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field:
			return false
		case *ast.CallExpr:
			if method, ok := n.Fun.(*ast.SelectorExpr); ok &&
				slices.Contains([]string{"Warn", "Info", "Debug", "Error", "MustCompile", "Errorf", "New"},
					method.Sel.Name) {
				return method.Sel.Name == "Errorf" || method.Sel.Name == "New"
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Words" {
				return false
			}
		case *ast.BinaryExpr:
			if text, ok := joined(n, visit); ok {
				all = append(all, text)
				return false
			}
		case *ast.BasicLit:
			if text, ok := joined(n, visit); ok {
				all = append(all, text)
			}
		}
		return true
	}
	ast.Inspect(tree, visit)
	return all
}

// refusals gives the formats of a file's errors: the screens put them into the language when they
// show them.
func refusals(tree *ast.File) []string {
	var all []string
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if method, ok := call.Fun.(*ast.SelectorExpr); ok {
				if at, ok := map[string]int{"Errorf": 0, "NotFound": 0, "Invalid": 1}[method.Sel.Name]; ok &&
					at < len(call.Args) {
					if text, ok := joined(call.Args[at], func(ast.Node) bool { return true }); ok {
						all = append(all, text)
					}
				}
			}
		}
		return true
	})
	return all
}

// joined gives the text of constants joined with +. Its other operands are visited by themselves.
func joined(e ast.Expr, visit func(ast.Node) bool) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.ParenExpr:
		return joined(e.X, visit)
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		left, leftOK := joined(e.X, visit)
		right, rightOK := joined(e.Y, visit)
		if !leftOK && !rightOK {
			return "", false
		}
		for _, side := range []struct {
			ok   bool
			text *string
			e    ast.Expr
		}{{leftOK, &left, e.X}, {rightOK, &right, e.Y}} {
			if !side.ok {
				*side.text = "%s"
				ast.Inspect(side.e, visit)
			}
		}
		return left + right, true
	}
	return "", false
}

func TestASentenceFromOutsideComesBackInRussianWithItsArguments(t *testing.T) {
	t.Parallel()
	russian := newLanguage(model.Russian)
	for english, want := range map[string]string{
		"sender: name the sender: its id at the vendor, or its name as the senders list shows it": "отправитель: " +
			"укажите отправителя: его номер у вендора или имя из списка отправителей",
		"text: 1001 characters, the limit is 1000": "текст: знаков: " +
			"1001, предел 1000",
		"lifetime: 10s is outside 30s to 24h0m0s, in whole seconds": "срок жизни: 10 с " +
			"— не в пределах: от 30 с до 24 ч, целыми секундами",
		"image: wooxy cannot send image; it sends template, text": "картинка: wooxy " +
			"не отправляет вид «картинка»; отправляет: шаблон, текст",
		`sender: "Brand" is pending at the vendor; choose an approved sender`: "отправитель: " +
			"«Brand» у вендора — на проверке; выберите одобренного отправителя",
		`sender: "sent" is rejected at the vendor; choose an approved sender`: "отправитель: " +
			"«sent» у вендора — отклонён; выберите одобренного отправителя",
		"filter: status: means nothing in this list; it knows account: before: is:": "фильтр: статус: " +
			"в этом списке ничего не значит; есть поля аккаунт: до: есть:",
		"filter: is:frob is unknown; is: takes open, snoozed, done (at character 4)": "фильтр: " +
			"есть:frob — такого нет; есть: принимает открыто, отложено, готово (знак 4)",
		"account minsk.time_zone: \"Mars\" is no time zone; write it like Europe/Minsk": "аккаунт " +
			"minsk.time_zone: «Mars» — не часовой пояс; запишите как Europe/Minsk",
		"minsk does not answer: connection refused; what is shown is from the cache": "minsk не " +
			"отвечает: в соединении отказано; на экране данные из кэша",
		"minsk does not answer: no complete answer within 30s; what is shown is from the cache": "minsk не " +
			"отвечает: нет полного ответа за 30 с; на экране данные из кэша",
		"minsk asks for fewer requests; try again after 1m30s (the vendor says: slow: too many)": "minsk просит " +
			"реже слать запросы; попробуйте через 90 с (вендор сообщает: slow: too many)",
		"12 errors in a row: minsk refuses our credentials; check them in the configuration and at the vendor at minsk": "ошибок подряд: 12; minsk не принимает наши доступы; " +
			"проверьте их в настройках и у вендора, minsk",
		`took back "done": 3 replies; colleagues have changed 2 of them since, and these stay`: "отменено «готово»: " +
			"входящих: 3; изменено с тех пор коллегами: 2, они остаются как есть",
		`took back "label vip": 1 reply, 2 notes`: "отменено «метка vip»: 1 входящее, " +
			"заметок: 2",
		`"opt-out" cannot be undone: the vendor keeps the reply as read`: "«отписка» не отменить: у вендора " +
			"входящее остаётся прочитанным",
		"12 people of c7 are beyond recall; pause it to stop the other 5": "людей, которых уже не отозвать: 12 " +
			"(c7); поставьте на паузу, чтобы остановить остальных 5",
		"c7 is sent: nobody is left to recall, 12 people are beyond it": "c7: отправлена, отзывать некого; уже не " +
			"отозвать: 12",
		"write to the cache: the disk is full; make room and try again": "запись в кэш: диск заполнен; освободите " +
			"место и попробуйте снова",
		"text: 3 of these people got the same message within 24h0m0s (Sale: one, two); send it again only on " +
			"purpose: --again": "текст: из этих людей 3 уже получили такое же сообщение " +
			"за последние 24 ч (Sale: one, two); повторяйте только намеренно: --again",
		"campaign 77, made after 2 Feb 09:30, is called \"Sale\" and has exactly these 12 phones": "кампания 77, " +
			"созданная после 2 фев 09:30, называется «Sale» и в ней ровно эти телефоны (12)",
		"text: +375 29 111-11-11 has no value for {{имя}} and there is no fallback; write {{имя|fallback}} or mend " +
			"the file": "текст: у +375 29 111-11-11 нет значения {{имя}} и нет " +
			"замены; напишите {{имя|замена}} или поправьте файл",
		"name: the address is missing\nsender: it is missing": "название: адрес не указан\nотправитель: не указано",
		"Sender not found in %s %d":                           "Sender not found in %s %d",
		"Not Viber user; try again, sent":                     "Not Viber user; try again, sent",
	} {
		if got := russian.sentence(english); got != want {
			t.Errorf("%q is shown as\n  %q, want\n  %q", english, got, want)
		}
	}
}

func FuzzSentence(f *testing.F) {
	for _, s := range []string{
		`"a" is no phone`, "c7 is sent, not paused", "x; y: z", "took back \"label \\\"\": %s",
		"30s to to 24h0m0s or more", "31 Feb 10:00", "account: is:", "\n\n", "%!s(BADINDEX)", "\"",
	} {
		f.Add(s)
	}
	russian := newLanguage(model.Russian)
	f.Fuzz(func(t *testing.T, s string) {
		if own := russian.sentence(s); strings.Contains(own, "%!") && !strings.Contains(s, "%!") ||
			(own == "") != (s == "") {
			t.Errorf("%q is shown as %q", s, own)
		}
	})
}

func BenchmarkSentence(b *testing.B) {
	russian := newLanguage(model.Russian)
	for name, s := range map[string]string{
		"exact":   "the answer was cut off",
		"pattern": "sender: minsk asks for fewer requests; try again after 30s (the vendor says: slow down)",
		"nested":  `took back "opt-out": 3 replies; colleagues have changed 2 of them since, and these stay`,
		"unknown": "Something that a vendor wrote, of people and campaigns; it is not ours: the whole of it stays " +
			"as it was written",
		"hostile": strings.Repeat("the; is: ", 100),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				russian.sentence(s)
			}
		})
	}
}
