package programtest_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"viberdeck/vendors/sim"
)

// update rewrites what is generated in the documents; make golden sets it.
var update = flag.Bool("update", false, "rewrite generated parts of the documents")

// firstScreen is the golden screen that README shows.
const firstScreen = "ui/testdata/TestGoldenScreens/replies/80x24.golden"

var readmeScreen = regexp.MustCompile("(?s)```text\n.*?```\n")

func TestTheREADMEShowsTheRealScreen(t *testing.T) {
	t.Parallel()
	golden, err := os.ReadFile(firstScreen)
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var screen strings.Builder
	for line := range strings.Lines(string(golden)) {
		screen.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	block := "```text\n" + strings.TrimRight(screen.String(), "\n") + "\n```\n"
	want := readmeScreen.ReplaceAllLiteralString(string(readme), block)
	if !strings.Contains(want, block) {
		t.Fatal("README.md has no ```text block for the screen")
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(readme) {
		t.Error("README.md shows an old screen; run: make golden")
	}
}

var readmeCampaign = regexp.MustCompile("(?s)```toml\n(.*?)```")

func TestTheCampaignInTheREADMECanBeSent(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := readmeCampaign.FindSubmatch(readme)
	if found == nil {
		t.Fatal("README.md shows no campaign")
	}
	b := newBench(t, sim.Options{})
	b.must(0, "sync")
	file := b.write("sale.toml", strings.Replace(string(found[1]), `"Brand"`, `"Example Shop"`, 1))
	people := b.csv("people.csv", "phone,name", 2, func(i int) string { return phone(i) + ",Anna" })
	b.must(0, "send", file, "--to", people, "--dry-run")
}
