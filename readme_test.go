package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
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
