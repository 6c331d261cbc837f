package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "viberdeck"

// house lists what one package of the module may import beyond the standard library.
type house struct {
	own   []string // packages of this module, relative to its root
	libs  []string // prefixes of import paths of other modules
	tests []string // packages of this module that its tests may import as well
}

// houses is the import table: a package that is not in it may not exist. The reason is that cache,
// vendors and ui must not know each other: each declares the small interface it needs, and main
// hands it over.
var houses = map[string]house{
	"model": {
		libs: []string{"github.com/nyaruka/phonenumbers", "github.com/shopspring/decimal", "golang.org/x/text"},
	},
	"cache": {
		own: []string{"model"},
		libs: []string{
			"github.com/gofrs/flock",
			"github.com/pressly/goose",
			"github.com/shopspring/decimal",
			"golang.org/x/sys",
			"modernc.org/sqlite",
		},
		tests: []string{"cache/storetest"},
	},
	// The requirements on every store know none of them, so that a second store is one folder.
	"cache/storetest": {own: []string{"model"}},
	"vendors": {
		own: []string{"model"},
		libs: []string{
			"github.com/cenkalti/backoff",
			"github.com/shopspring/decimal",
			"github.com/sony/gobreaker",
			"golang.org/x/oauth2",
			"golang.org/x/sync",
			"golang.org/x/time",
		},
		tests: []string{"vendors/sim", "vendors/vendortest"},
	},
	// A folder of vendors that is not in this table speaks one vendor's language: see houseOf.
	"vendors/callbacks": adapter,
	"vendors/all":       {own: []string{"model", "vendors", anyAdapter}},
	"vendors/host": {
		own:   []string{"model", "vendors", "vendors/callbacks"},
		libs:  []string{"golang.org/x/sync"},
		tests: []string{"vendors/sim", "vendors/vendortest"},
	},
	// sim knows no adapter, not even in its tests: sharing a wire type would let both
	// agree on the same mistake.
	"vendors/sim": {
		own: []string{"model"},
	},
	"vendors/vendortest": {
		own:   []string{"model", "vendors"},
		tests: []string{"vendors/sim", "vendors/callbacks", anyAdapter},
	},
	// The rooms of the dashboard are layered, without cycles.
	"ui": room("ui/replies", "ui/campaigns", "ui/lists", "ui/person", "ui/compose", "ui/kit", "ui/lang",
		"ui/term"),
	"ui/replies":   room("ui/person", "ui/compose", "ui/kit", "ui/lang", "ui/term"),
	"ui/campaigns": room("ui/person", "ui/compose", "ui/kit", "ui/lang", "ui/term"),
	"ui/lists":     room("ui/person", "ui/compose", "ui/kit", "ui/lang", "ui/term"),
	"ui/person":    room("ui/kit", "ui/lang", "ui/term"),
	"ui/compose":   room("ui/kit", "ui/lang", "ui/term"),
	"ui/kit":       room("ui/export", "ui/lang", "ui/term"),
	"ui/export":    {own: []string{"model"}},
	"ui/lang":      room("ui/term"),
	"ui/term":      room(),
	"ui/cli": {
		own: []string{"model", "ui/cli/doctor", "ui/cli/drill", "ui/cli/evidence", "ui/cli/health", "ui/cli/manual",
			"ui/cli/settings"},
		libs: []string{
			"github.com/BurntSushi/toml",
			"github.com/charmbracelet/",
			"github.com/google/uuid",
			"github.com/spf13/cobra",
		},
	},
	"ui/cli/manual": {
		own:  []string{"model"},
		libs: []string{"github.com/spf13/cobra", "github.com/spf13/pflag"},
	},
	"ui/cli/doctor": {
		own:  []string{"model", "ui/cli/settings"},
		libs: []string{"github.com/charmbracelet/"},
	},
	"ui/cli/drill":    {own: []string{"model"}},
	"ui/cli/evidence": {own: []string{"model"}},
	"ui/cli/health":   {own: []string{"model"}},
	"ui/cli/settings": {
		own:  []string{"model"},
		libs: []string{"github.com/BurntSushi/toml", "github.com/adrg/xdg"},
	},
	"ui/board": {
		own:  []string{"model", "ui/cli", "ui/cli/settings", "ui/kit"},
		libs: []string{"github.com/google/uuid"},
	},
	"ui/serve": {
		own:  []string{"model", "ui", "ui/board", "ui/cli", "ui/cli/settings", "ui/kit"},
		libs: []string{"charm.land/", "github.com/charmbracelet/", "golang.org/x/crypto"},
	},
	// Tests of the whole program know what it is made of.
	"ui/cli/programtest": {
		tests: []string{"model", "cache", "ui", "ui/kit", "vendors", "vendors/all", "vendors/callbacks", "vendors/sim"},
	},
}

// anyAdapter stands for all packages that speak a vendor's language.
const anyAdapter = "vendors/*"

// houseOf returns the house of a package; ok is false if the design has no place for it.
func houseOf(name string) (h house, ok bool) {
	if h, ok := houses[name]; ok || !isAdapter(name) {
		return h, ok
	}
	return adapter, true
}

// isAdapter reports whether a package speaks one vendor's language.
func isAdapter(name string) bool {
	_, other := houses[name]
	return path.Dir(name) == "vendors" && !other
}

// adapter is the house of a package that speaks one vendor's language.
var adapter = house{
	own:   []string{"model", "vendors"},
	libs:  []string{"golang.org/x/oauth2", "golang.org/x/time"},
	tests: []string{"vendors/sim", "vendors/vendortest"},
}

// room is a room of the dashboard that may use the rooms below it.
func room(below ...string) house {
	return house{
		own: append([]string{"model"}, below...),
		libs: []string{
			"charm.land/",
			"github.com/charmbracelet/",
			"github.com/guptarohit/asciigraph",
			"github.com/leonelquinteros/gotext",
			"github.com/sahilm/fuzzy",
		},
	}
}

// allows reports whether a file of the package named self may import path.
func (h house) allows(self, path string, inTest bool) bool {
	if own, ok := strings.CutPrefix(path, module+"/"); ok {
		among := func(list []string) bool {
			return slices.Contains(list, own) || isAdapter(own) && slices.Contains(list, anyAdapter)
		}
		return among(h.own) || inTest && (own == self || among(h.tests))
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return path != "database/sql" || self != "cache/storetest" // the standard library
	}
	// Tests may import anything to compare screens or to inspect a database.
	return inTest || slices.ContainsFunc(h.libs, func(lib string) bool { return strings.HasPrefix(path, lib) })
}

// listed is the output of `go list -json` for a package.
type listed struct {
	ImportPath, Name                   string
	Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Name,Imports,TestImports,XTestImports",
		"./...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		switch err := dec.Decode(&p); err {
		case nil:
			all = append(all, p)
		case io.EOF:
			return all
		default:
			t.Fatalf("go list answered what is not JSON: %v", err)
		}
	}
}

func TestEachPackageImportsOnlyWhatItsHouseAllows(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if p.ImportPath == module {
			continue // main joins everything
		}
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		h, ok := houseOf(name)
		if !ok {
			t.Errorf("package %s has no place in the design; if it needs one, add it to houses", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if !h.allows(name, imported, false) {
				t.Errorf("%s must not import %s", p.ImportPath, imported)
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if !h.allows(name, imported, true) {
				t.Errorf("the tests of %s must not import %s", p.ImportPath, imported)
			}
		}
	}
}

func TestNoPackageIsAllowedALibraryThatItDoesNotImport(t *testing.T) {
	t.Parallel()
	imported := map[string][]string{} // libraries by the list that allows them: adapters share one
	for _, p := range packages(t) {
		h, _ := houseOf(strings.TrimPrefix(p.ImportPath, module+"/"))
		list := strings.Join(h.libs, " ")
		imported[list] = append(imported[list], p.Imports...)
	}
	for name, h := range houses {
		for _, lib := range h.libs {
			if !slices.ContainsFunc(imported[strings.Join(h.libs, " ")],
				func(path string) bool { return strings.HasPrefix(path, lib) }) {
				t.Errorf("%s may import %s and does not: remove it here and in .golangci.yml", name, lib)
			}
		}
	}
}

func TestTheImportRuleDistinguishesAllowedFromForbidden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pkg, imported string
		inTest, want  bool
	}{
		{"model", "net/url", false, true},
		{"model", "viberdeck/cache", false, false},
		{"cache", "viberdeck/model", false, true},
		{"cache", "viberdeck/vendors", true, false},
		{"cache/storetest", "viberdeck/cache", true, false},
		{"cache/storetest", "database/sql", false, false},
		{"ui", "charm.land/bubbletea/v2", false, true},
		{"ui", "modernc.org/sqlite", false, false},
		{"ui", "viberdeck/cache", true, false},
		{"ui", "viberdeck/ui", true, true},
		{"ui/cli", "viberdeck/ui", false, false},
		{"vendors", "viberdeck/vendors/smsby", false, false},
		{"vendors/smsby", "viberdeck/vendors", false, true},
		{"vendors/smsby", "viberdeck/vendors/sim", false, false},
		{"vendors/smsby", "viberdeck/vendors/sim", true, true},
		{"vendors/smsby", "viberdeck/vendors/routee", true, false},
		{"vendors/sim", "viberdeck/vendors/smsby", true, false},
		{"vendors/fifth", "viberdeck/vendors", false, true},
		{"vendors/fifth", "viberdeck/vendors/smsby", true, false},
		{"vendors/all", "viberdeck/vendors/fifth", false, true},
		{"vendors/all", "viberdeck/vendors/sim", false, false},
	} {
		h, _ := houseOf(c.pkg)
		if got := h.allows(c.pkg, c.imported, c.inTest); got != c.want {
			t.Errorf("%s importing %s (in a test: %v): allowed %v, want %v", c.pkg, c.imported, c.inTest, got, c.want)
		}
	}
}

func TestTheTopLevelHoldsNoOtherCodeThanMain(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name != "main.go" && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s: code at the top level belongs into main.go or a package", name)
		}
	}
	for _, p := range packages(t) {
		if p.Name == "main" && p.ImportPath != module {
			t.Errorf("%s is a second program: there is one", p.ImportPath)
		}
	}
}

// goFile is one parsed Go file of the module.
type goFile struct {
	path    string
	fset    *token.FileSet
	syntax  *ast.File
	imports map[string]string // name in this file to import path
}

func (f goFile) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

func (f goFile) line(n ast.Node) int { return f.fset.Position(n.Pos()).Line }

// uses calls found for each mention of name from the package imported as importPath.
func (f goFile) uses(importPath, name string, found func(ast.Node)) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == name {
			if x, ok := sel.X.(*ast.Ident); ok && f.imports[x.Name] == importPath {
				found(sel)
			}
		}
		return true
	})
}

// goFiles parses every Go file of the module, tests among them.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		f := goFile{path: filepath.ToSlash(name), fset: token.NewFileSet(), imports: map[string]string{}}
		if f.syntax, err = parser.ParseFile(f.fset, name, nil, parser.ParseComments); err != nil {
			return err
		}
		for _, spec := range f.syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			as := path.Base(imported)
			if spec.Name != nil {
				as = spec.Name.Name
			}
			f.imports[as] = imported
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestNothingHappensBeforeMain(t *testing.T) {
	t.Parallel()
	for _, f := range goFiles(t) {
		for _, decl := range f.syntax.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s:%d: func init: call it from main instead", f.path, f.line(fn))
			}
		}
	}
}

func TestNobodySleepsOutsideVirtualTime(t *testing.T) {
	t.Parallel()
	for _, f := range goFiles(t) {
		_, virtual := f.imports["synctest"]
		if f.isTest() && virtual {
			continue // inside synctest a sleep moves the clock and costs nothing
		}
		f.uses("time", "Sleep", func(n ast.Node) {
			t.Errorf("%s:%d: time.Sleep: select on a timer and a context (tests: testing/synctest or a channel)",
				f.path, f.line(n))
		})
	}
}

func TestTheEnvironmentIsReadOnceAtTheStart(t *testing.T) {
	t.Parallel()
	for _, f := range goFiles(t) {
		if f.isTest() || f.path == "main.go" {
			continue
		}
		for _, name := range []string{"Getenv", "LookupEnv", "Environ", "ExpandEnv"} {
			f.uses("os", name, func(n ast.Node) {
				t.Errorf("%s:%d: os.%s: take a model.Environment, which over SSH is the person's own", f.path,
					f.line(n), name)
			})
		}
	}
}

func TestServicesAreNotPassedInContexts(t *testing.T) {
	t.Parallel()
	for _, f := range goFiles(t) {
		f.uses("context", "WithValue", func(n ast.Node) {
			t.Errorf("%s:%d: context.WithValue: pass it as a parameter", f.path, f.line(n))
		})
	}
}

func TestCertificatesAreAlwaysVerified(t *testing.T) {
	t.Parallel()
	for _, f := range goFiles(t) {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == "InsecureSkipVerify" {
				t.Errorf("%s:%d: InsecureSkipVerify: add the certificate to a pool instead", f.path, f.line(n))
			}
			return true
		})
	}
}

func TestNothingIsLeftToDoInComments(t *testing.T) {
	t.Parallel()
	marks := regexp.MustCompile(`\b(TODO|FIXME)\b`)
	for _, f := range goFiles(t) {
		for _, group := range f.syntax.Comments {
			for _, c := range group.List {
				if mark := marks.FindString(c.Text); mark != "" {
					t.Errorf("%s:%d: %s: do it, or write an issue", f.path, f.line(c), mark)
				}
			}
		}
	}
}

// A room that needs more files than this is several rooms.
func TestNoRoomOfTheScreensOrTheCommandLineHasMoreThan25Files(t *testing.T) {
	t.Parallel()
	files := map[string]int{}
	err := filepath.WalkDir("ui", func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			files[filepath.Dir(name)]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for room, n := range files {
		if n > 25 {
			t.Errorf("%s has %d files", room, n)
		}
	}
}
