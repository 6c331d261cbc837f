package programtest_test

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

// update rewrites what is generated in the documents; make golden sets it.
var update = flag.Bool("update", false, "rewrite generated parts of the documents")

// firstScreen is the golden screen that the operators' guide shows.
const firstScreen = "ui/testdata/TestGoldenScreens/replies/80x24.golden"

var shownScreen = regexp.MustCompile("(?s)```text\n.*?```\n")

func TestTheOperatorsGuideShowsTheRealScreen(t *testing.T) {
	t.Parallel()
	golden, err := os.ReadFile(firstScreen)
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile("docs/operator.md")
	if err != nil {
		t.Fatal(err)
	}
	var screen strings.Builder
	for line := range strings.Lines(string(golden)) {
		screen.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	block := "```text\n" + strings.TrimRight(screen.String(), "\n") + "\n```\n"
	want := shownScreen.ReplaceAllLiteralString(string(guide), block)
	if !strings.Contains(want, block) {
		t.Fatal("the guide has no ```text block for the screen")
	}
	if *update {
		if err := os.WriteFile("docs/operator.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(guide) {
		t.Error("docs/operator.md shows an old screen; run: make golden")
	}
}

var (
	shownFile    = regexp.MustCompile("(?s)Save this as `([a-z.]+)`:\n\n```[a-z]+\n(.*?)```")
	shownCommand = regexp.MustCompile(`(?m)^\$ viberdeck (.*)$`)
	shellWord    = regexp.MustCompile(`"[^"]*"|\S+`)
	link         = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)|src(?:set)?="([^"]+)"`)
)

// guides are the documents whose commands are followed.
var guides = []string{"docs/operator.md", "docs/lead.md", "docs/commands.md"}

func TestTheCommandsOfTheGuidesWork(t *testing.T) {
	t.Parallel()
	for _, path := range guides {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			guide, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b := newBench(t, sim.Options{})
			b.must(0, "sync")
			files := map[string]string{}
			for _, file := range shownFile.FindAllSubmatch(guide, -1) {
				text := strings.Replace(string(file[2]), `"Brand"`, `"Example Shop"`, 1)
				files[string(file[1])] = b.write(string(file[1]), text)
			}
			commands := shownCommand.FindAllSubmatch(guide, -1)
			if len(commands) == 0 {
				t.Fatal("it shows no command")
			}
			for _, command := range commands {
				var args []string
				for _, word := range shellWord.FindAllString(string(command[1]), -1) {
					word = strings.Trim(word, `"`)
					args = append(args, cmp.Or(files[word], word))
				}
				b.must(0, args...)
			}
		})
	}
}

func TestTheLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	t.Parallel()
	documents, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(documents, "README.md") {
		if path == "docs/licences.md" {
			continue // it contains text by others
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllSubmatch(text, -1) {
			target := cmp.Or(string(found[1]), string(found[2]))
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), target)); err != nil {
				t.Errorf("%s links to %s: %v", path, target, err)
			}
		}
	}
}
