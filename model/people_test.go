package model

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
)

// changed gives people of whom one is changed.
func changed(p People, i int, change func(*Recipient)) People {
	all := p.Slice(0, p.Len())
	change(&all[i])
	return PeopleOf(all...)
}

func TestPackedPeopleAreWhatWasPacked(t *testing.T) {
	t.Parallel()
	all := []Recipient{{Phone: 3}, {Contact: "user-7", Vars: map[string]string{"a": "", "b": "x"}}, {Phone: 1},
		{Phone: 2}}
	p := PeopleOf(all...)
	if got := p.Slice(0, p.Len()); !reflect.DeepEqual(got, all) {
		t.Errorf("got %+v", got)
	}
	if got := p.ByPhone().Phones(); !reflect.DeepEqual(got, []Phone{1, 2, 3}) {
		t.Errorf("by phone %v", got)
	}
	some, err := p.Only(func(i int) (bool, error) { return i%2 == 1, nil })
	if err != nil || some.Len() != 2 || some.At(0).Contact != "user-7" || some.At(0).Vars["b"] != "x" ||
		some.At(1).Phone != 2 {
		t.Errorf("some of them: %+v, %v", some, err)
	}
	if (People{}).Len() != 0 || len((People{}).Phones()) != 0 || (People{}).ByPhone().Len() != 0 {
		t.Error("nobody is somebody")
	}
}

func TestEveryRowOfALongListKeepsItsValues(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	file.WriteString("phone;name;note\n")
	for n := range 100 {
		fmt.Fprintf(&file, "+3752911111%02d;имя %d;%s\n", n, n, strings.Repeat("x", n*3))
	}
	list := readList(t, file.String())
	for n, r := range list.People.All() {
		if r.Vars["name"] != fmt.Sprintf("имя %d", n) || len(r.Vars["note"]) != n*3 ||
			r.Phone != Phone(375291111100+n) {
			t.Errorf("row %d: %+v", n, r)
		}
	}
}

// endless writes a list of n people as it is read.
type endless struct {
	n, next int
	rest    []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.next == e.n {
			return 0, io.EOF
		}
		if e.next == 0 {
			e.rest = append(e.rest, "phone;name;city\n"...)
		}
		e.rest = fmt.Appendf(e.rest, "+37529%07d;Анна;Минск\n", 1_000_000+e.next)
		e.next++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func BenchmarkListOfAMillion(b *testing.B) {
	for b.Loop() {
		list, err := ReadRecipients(&endless{n: 1_000_000}, ImportOptions{DefaultCountry: "BY"})
		if err != nil || list.People.Len() != 1_000_000 {
			b.Fatal(list.People.Len(), err)
		}
	}
}
