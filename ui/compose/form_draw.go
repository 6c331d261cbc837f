package compose

import (
	"strings"

	"viberdeck/ui/term"
)

// Body draws a title line, the fields around the one in focus, and a line for everything that does
// not belong to a field.
func (f *Form) Body(w, h int) []string {
	return withPreview(w, h, f.preview, func(w int) []string { return f.fields(w, h) })
}

// fields draws the fields around the one in focus.
func (f *Form) fields(w, h int) []string {
	var lines []string
	from, to, folded := 0, 0, 0
	for i, x := range f.Fields {
		if f.folds(x) && i != f.At {
			folded++
			continue
		}
		if f.hides(x) && i != f.At {
			continue
		}
		if x.kind == buttonField {
			lines = append(lines, f.foldedLines(folded, w)...)
		}
		part := x.lines(f.d, w, i == f.At, f.hintFor(x))
		if i == f.At {
			from, to = len(lines), len(lines)+len(part)
		}
		lines = append(lines, part...)
	}
	heads := f.heads(w, h)
	room := max(1, h-len(heads))
	top := 0
	if to > room {
		top = min(from, to-room)
	}
	top = max(0, min(top, len(lines)-1))
	return append(heads, lines[top:min(len(lines), top+room)]...)
}

// heads returns the title, or in its place the error or the work in progress. An error is shown in
// full as far as that leaves room for a field: it may end with the figure that matters.
func (f *Form) heads(w, h int) []string {
	t := f.d.Style
	switch {
	case f.wrong != "":
		lines := term.Indent(t.PaintWrapped(term.Bad, "! "+f.wrong, w-1), " ")
		return lines[:max(1, min(len(lines), h-2))]
	case f.reading != nil:
		return []string{t.Paint(term.Accent, term.Cut(" "+f.reading.words(f.d), w))}
	case f.Busy:
		return []string{t.Paint(term.Accent, " "+f.d.Tr("Checking the audience…"))}
	}
	if carried := f.carriedWords(); carried != "" {
		return []string{t.Paint(term.Accent, term.Cut(" "+f.d.Tr("Copy with %s", carried), w))}
	}
	return []string{t.Paint(term.Accent, " "+f.d.Tr("New campaign")) +
		t.Paint(term.Dim, "   "+f.d.Tr("nothing leaves before you type the number of people"))}
}

// folds reports whether a field is not drawn because the vendor does not use it. One with content
// is drawn, so that it is clear that it will not be sent.
func (f *Form) folds(x *Field) bool {
	return x.why != "" && !f.unfolded && x.filled() == ""
}

// foldedLines says how many fields are not drawn, and how to show them.
func (f *Form) foldedLines(n, w int) []string {
	var text string
	vendor := f.d.VendorName(f.Written().Vendor)
	switch {
	case n > 0:
		text = f.d.Tr("%s not for %s; ctrl+g shows why", f.d.Plural(int64(n), "field is", "fields are"), vendor)
	case f.unfolded:
		text = f.d.Tr("ctrl+g puts away what is not for %s", vendor)
	default:
		return nil
	}
	return term.Indent(f.d.Style.PaintWrapped(term.Dim, text, max(4, w-labelWidth-2)),
		strings.Repeat(" ", labelWidth+2))
}
