package programtest_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"viberdeck/model"
	"viberdeck/vendors"
	"viberdeck/vendors/all"
)

const vendorsDoc = "docs/vendors.md"

const vendorsDocHead = `# Vendors

Written from the adapters' own tables by ` + "`make golden`" +
	`; do not edit. Fields are named as the campaign file writes them.

Everything below "Limits" is checked before anything leaves: a campaign that breaks one is refused with the field and the limit, and exit
code 2, and the vendor is not called. Each line below "Rules" is a campaign that a test sends by the command line: it is refused so.
Where a vendor names no figure for calls, people of a call or a caption, the one here is cautious: Viber's own or that of its siblings.
What a vendor cannot do is shown disabled with the reason that stands here.

Everything below "Refusals" is looked for in the vendor's answer; the first line that fits counts. The vendor's own words are kept and shown
beside the sentence. Kinds: invalid (fix the campaign), not-found, denied (fix the credentials), money, limited (too many requests),
conflict, offline (no usable answer), unknown (what became of it cannot be learned).
`

func TestVendorsDocumentSaysWhatTheCodeDoes(t *testing.T) {
	t.Parallel()
	var want strings.Builder
	want.WriteString(vendorsDocHead)
	for _, v := range all.Vendors() {
		writeVendor(t, &want, v)
	}
	if *update {
		if err := os.WriteFile(vendorsDoc, []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(vendorsDoc)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != want.String() {
		t.Errorf("%s is stale; run: make golden", vendorsDoc)
	}
}

// writeVendor writes the vendor's part of the document.
func writeVendor(t *testing.T, b *strings.Builder, v vendors.Registration) {
	fmt.Fprintf(b, "\n## %s\n\n", v.Capabilities.Name)
	ways := make([]string, len(v.Secrets))
	for i, set := range v.Secrets {
		ways[i] = "`" + strings.Join(set, "` and `") + "`"
	}
	fmt.Fprintf(b, "- Secrets of an account: %s.\n", strings.Join(ways, ", or "))
	fmt.Fprintf(b, "- Sends: %s.\n- Classes: %s.\n", joined(v.Capabilities.Kinds), joined(v.Capabilities.Classes))
	personal := "none; all people get the same"
	if len(v.Capabilities.Personal) > 0 {
		personal = joined(v.Capabilities.Personal)
	}
	fmt.Fprintf(b, "- Layouts that may differ from person to person: %s.\n", personal)
	if v.Capabilities.PersonalLists {
		fmt.Fprintf(b, "- {{columns}} are filled in by %s itself, for the people of its own lists.\n",
			v.Capabilities.Name)
	}
	if len(v.Capabilities.Undocumented) > 0 {
		fmt.Fprintf(b, "- Read although no document gives the shape (a failure is logged and does not count "+
			"against the "+
			"account): %s.\n", joined(v.Capabilities.Undocumented))
	}
	fmt.Fprintf(b, "- Against repeats: %s\n", v.Capabilities.Guard)

	b.WriteString("\n### Methods\n\n| method | what for | where it is written down |\n| --- | --- | --- |\n")
	for _, m := range v.Methods {
		does := m.Does
		if m.Pays {
			does += "; **paid**, made once"
		}
		row(b, "`"+m.Verb+" "+m.Path+"`", does, m.Source)
	}
	unkept := slices.DeleteFunc(slices.Clone(v.Methods), func(m vendors.Method) bool { return m.Unkept == "" })
	if len(unkept) > 0 {
		b.WriteString("\nOf what it answers, this is not kept and not shown:\n\n")
	}
	for _, m := range unkept {
		fmt.Fprintf(b, "- `%s %s`: %s.\n", m.Verb, m.Path, m.Unkept)
	}

	b.WriteString("\n### Limits\n\n| field | limit |\n| --- | --- |\n")
	for _, l := range limitsInWords(v.Capabilities) {
		row(b, l[0], l[1])
	}

	b.WriteString("\n### Rules\n\n| rule | field that the error names |\n| --- | --- |\n")
	for _, r := range rulesOf(t, v.Vendor).Rule {
		row(b, r.Breaks, "`"+r.Field+"`")
	}

	b.WriteString("\n### What it cannot do\n\n| what | why |\n| --- | --- |\n")
	for _, a := range slices.Sorted(maps.Keys(v.Capabilities.Lacks)) {
		row(b, string(a), v.Capabilities.Lacks[a])
	}

	b.WriteString("\n### Refusals\n\n| the vendor says | kind | field | the operator reads |\n| --- | --- | --- | " +
		"--- |\n")
	for _, r := range v.Refusals {
		var says []string
		if r.Status != 0 {
			says = append(says, "HTTP "+strconv.Itoa(r.Status))
		}
		if r.Words != "" {
			says = append(says, "`"+r.Words+"`")
		}
		field := r.Field
		if field != "" {
			field = "`" + field + "`"
		}
		row(b, cmp.Or(strings.Join(says, " with "), "anything else"), string(r.Kind), field, r.Sentence().String())
	}
}

// row writes a row of a Markdown table.
func row(b *strings.Builder, cells ...string) {
	for _, cell := range cells {
		b.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
	}
	b.WriteString("|\n")
}

func joined[T ~string](words []T) string {
	plain := make([]string, len(words))
	for i, w := range words {
		plain[i] = string(w)
	}
	return strings.Join(plain, ", ")
}

// limitsInWords lists each limit that the vendor has, with its unit, after the field at which it is
// checked.
func limitsInWords(caps model.Capabilities) [][2]string {
	l := caps.Limits
	var all [][2]string
	add := func(there bool, field, format string, args ...any) {
		if there {
			all = append(all, [2]string{field, fmt.Sprintf(format, args...)})
		}
	}
	characters := func(field string, n int) { add(n > 0, "`"+field+"`", "at most %d characters", n) }
	add(len(caps.Kinds) > 0, "`text` `image_url` `button` `file` `video` `template`", "together one of: %s",
		joined(caps.Kinds))
	add(len(caps.Classes) > 0, "`class`", "one of: %s; a transactional message is a text or a template alone",
		joined(caps.Classes))
	add(l.PeoplePerCall > 0, "people of a call", "at most %d; more leave in several calls", l.PeoplePerCall)
	add(l.CallsAtOnce > 0, "calls at once", "at most %d for an account", l.CallsAtOnce)
	add(l.PerSecond > 0, "calls a second", "at most %g; per_second in the account replaces it", l.PerSecond)
	add(l.NameMax > 0, "`name`", "%d to %d characters", l.NameMin, l.NameMax)
	add(l.NamePattern != nil, "`name`", "%s", l.NameRule)
	characters("text", l.TextMax)
	characters("button.caption", l.CaptionMax)
	characters("button.url", l.LinkMax)
	characters("image_url", l.ImageURLMax)
	add(l.ImageKB > 0, "image at `image_url`", "at most %d KB, pointed out before the confirmation", l.ImageKB)
	add(l.FileKB > 0, "file at `file.url`", "at most %d KB, pointed out before the confirmation", l.FileKB)
	characters("file.name", l.FileNameMax)
	add(l.FileTypes != nil, "`file.type`", "one of: %s", strings.Join(l.FileTypes, " "))
	canFilm := caps.CanSend(model.KindVideo)
	add(canFilm && l.ImageURLMax > 0, "`video.url` `video.thumbnail`", "at most %d characters each", l.ImageURLMax)
	add(l.VideoSizeMB > 0, "`video.size_mb`", "1 to %d MB", l.VideoSizeMB)
	add(l.VideoSeconds > 0, "`video.duration_s`", "1 to %d s", l.VideoSeconds)
	add(l.HTTPSOnly, "`image_url` `file.url` `video.url` `video.thumbnail`", "an https:// address")
	add(l.LifetimeMax > 0, "`lifetime`", "%s to %s in whole seconds", inWords(l.LifetimeMin), inWords(l.LifetimeMax))
	add(l.LifetimeDefault > 0, "`lifetime` left out", "%s", inWords(l.LifetimeDefault))
	add(l.StretchMax > 0, "`stretch`", "0 to %s in steps of %s", inWords(l.StretchMax), inWords(l.StretchStep))
	add(l.FallbackAfterMax > 0, "`sms_fallback.after`", "%s to %s in steps of %s", inWords(l.FallbackAfterMin),
		inWords(l.FallbackAfterMax), inWords(l.FallbackStep))
	characters("sms_fallback.text", l.FallbackTextMax)
	characters("label", l.LabelMax)
	add(l.ListsPerCall > 0, "`list`", "at most %d, as `list = [\"a\", \"b\"]`", l.ListsPerCall)
	add(caps.PeopleBesideLists, "`list` with `phones`",
		"at most %d people named beside the lists; all leave in one call",
		l.PeoplePerCall)
	add(l.ComplaintsBlock > 0, "complaints",
		"above %g %% of its volume the vendor blocks a sender name; from %g %% of what was delivered it is pointed out",
		l.ComplaintsBlock, l.ComplaintsWarn())
	add(l.TagMax > 0, "`tags`", "at most %d characters each", l.TagMax)
	return all
}

// inWords writes a duration with the largest unit that divides it.
func inWords(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return fmt.Sprintf("%d h", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%d s", d/time.Second)
}
