package cli

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"viberdeck/ui/cli/manual"
)

func TestTheManualShowsEveryCommandAndOptionAsTheHelpDoes(t *testing.T) {
	t.Parallel()
	p := &program{}
	p.Version = "1.2.3"
	root := p.root()
	page := manual.Page(root, p.Version, usualSocket)
	if first, _, _ := strings.Cut(page, "\n"); first != `.TH VIBERDECK 1 "" "viberdeck 1.2.3" "User commands"` {
		t.Errorf("the heading is %s", first)
	}
	plain := strings.NewReplacer(`\-`, "-", `\fB`, "", `\fI`, "", `\fR`, "", `\(dq`, `"`, `\&`, "").Replace(page)
	for _, c := range allCommands(root)[1:] {
		if !c.IsAvailableCommand() || c.Name() == "help" {
			continue
		}
		if !strings.Contains(plain, `.SS "`+c.CommandPath()) {
			t.Errorf("the manual has no %s", c.CommandPath())
		}
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			value, _ := pflag.UnquoteUsage(f)
			if option := strings.TrimSpace("--" + f.Name + " " + value); !strings.Contains(plain, option+"\n") {
				t.Errorf("%s: the manual has no %s", c.CommandPath(), option)
			}
			if value == "string" || value == "int" || value == "float" {
				t.Errorf("%s --%s takes a %s, which says nothing: name the value", c.CommandPath(), f.Name, value)
			}
		})
	}
	for i, line := range strings.Split(page, "\n") {
		if strings.Contains(line, "`") && !strings.Contains(line, "`viberdeck") {
			t.Errorf("line %d has a sign of the source: %s", i+1, line)
		}
	}
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("there is no groff")
	}
	read := exec.CommandContext(t.Context(), groff, "-man", "-Tutf8", "-Kutf8", "-ww", "-z")
	read.Stdin = strings.NewReader(page)
	if output, err := read.CombinedOutput(); err != nil || len(output) > 0 {
		t.Errorf("groff: %v, %s", err, output)
	}
}
