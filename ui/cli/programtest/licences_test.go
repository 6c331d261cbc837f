package programtest_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const licencesFile = "docs/licences.md"

// licensed is a text and the modules that are under it.
type licensed struct {
	title   string
	modules []string
	text    string
}

// The released program contains other people's work, whose licences require their text to accompany
// it.
func TestTheLicencesDocumentHoldsWhatIsLinked(t *testing.T) {
	t.Parallel()
	want := licences(t)
	if *update {
		if err := os.WriteFile(licencesFile, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(licencesFile)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not of the modules that are linked (%v): make golden writes it anew", licencesFile, err)
	}
}

// licences writes the document: a table of modules, and each text once.
func licences(t *testing.T) []byte {
	t.Helper()
	texts := map[[32]byte]*licensed{}
	var out bytes.Buffer
	out.WriteString("# Licences of what is linked\n\nThe released program (Linux) contains these modules. " +
		"`make golden` writes this page from the build.\n\n| module | version | licence |\n| --- | --- | --- |\n")
	add := func(module, version, dir string) {
		files := licenceFiles(t, dir)
		var titles []string
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n"))
			title := licenceTitle(text)
			if !slices.Contains(titles, title) {
				titles = append(titles, title)
			}
			key := sha256.Sum256([]byte(text))
			if texts[key] == nil {
				texts[key] = &licensed{title: title, text: text}
			}
			texts[key].modules = append(texts[key].modules, module)
		}
		fmt.Fprintf(&out, "| %s | %s | %s |\n", module, version, strings.Join(titles, ", "))
	}
	add("the Go standard library", "", goroot(t))
	for _, m := range linkedModules(t) {
		add(m[0], m[1], m[2])
	}
	sorted := slices.SortedFunc(maps.Values(texts), func(a, b *licensed) int {
		return strings.Compare(a.modules[0]+a.title+a.text, b.modules[0]+b.title+b.text)
	})
	for _, l := range sorted {
		fmt.Fprintf(&out, "\n## %s\n\n%s:\n\n```text\n%s\n```\n", l.title, strings.Join(l.modules, ", "),
			strings.ReplaceAll(l.text, "```", "'''"))
	}
	return out.Bytes()
}

// linkedModules returns the path, version and folder of each module in the program for Linux.
func linkedModules(t *testing.T) [][]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", "viberdeck")
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	list, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(string(list)), "\n")
	slices.Sort(lines)
	var modules [][]string
	for _, line := range slices.Compact(lines) {
		if fields := strings.Fields(line); len(fields) == 3 {
			modules = append(modules, fields)
		}
	}
	return modules
}

func goroot(t *testing.T) string {
	t.Helper()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(root))
}

var licenceName = regexp.MustCompile(`(?i)^(licen[sc]e|copying|notice)([-.]|$)`)

func licenceFiles(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && licenceName.MatchString(e.Name()) {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	if len(files) == 0 {
		t.Errorf("%s has no licence: may it be given away?", dir)
	}
	return files
}

// licenceTitle recognises a licence by words that only it has.
func licenceTitle(text string) string {
	plain := strings.Join(strings.Fields(text), " ")
	for _, l := range []struct{ words, title string }{
		{"Apache License Version 2.0", "Apache 2.0"},
		{"Mozilla Public License Version 2.0", "MPL 2.0"},
		{"Permission is hereby granted, free of charge", "MIT"},
		{"Neither the name", "BSD, three clauses"},
		{"Redistribution and use in source and binary forms", "BSD, two clauses"},
		{"Permission to use, copy, modify, and distribute this software for any purpose with or without fee", "ISC"},
		{"disclaims copyright", "public domain"},
		{"public domain", "public domain"},
	} {
		if strings.Contains(plain, l.words) {
			return l.title
		}
	}
	return "other"
}
