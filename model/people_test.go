package model

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"strings"
	"testing"
)

// changed returns people of whom one is changed.
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
	if _, byPhone := p.Once(); !reflect.DeepEqual(byPhone.Phones(), []Phone{1, 2, 3}) {
		t.Errorf("by phone %v", byPhone.Phones())
	}
	some, err := p.Only(func(i int) (bool, error) { return i%2 == 1, nil })
	if err != nil || some.Len() != 2 || some.At(0).Contact != "user-7" || some.At(0).Vars["b"] != "x" ||
		some.At(1).Phone != 2 {
		t.Errorf("some of them: %+v, %v", some, err)
	}
	if given, byPhone := (People{}).Once(); (People{}).Len() != 0 || len((People{}).Phones()) != 0 ||
		given.Len() != 0 ||
		byPhone.Len() != 0 {
		t.Error("nobody is somebody")
	}
}

func TestWhoComesAgainIsLeftOut(t *testing.T) {
	t.Parallel()
	p := PeopleOf(Recipient{Phone: 3}, Recipient{Contact: "user-7"}, Recipient{Phone: 1}, Recipient{Phone: 3},
		Recipient{Contact: "user-7"}, Recipient{Phone: 1}, Recipient{Phone: 2})
	given, byPhone := p.Once()
	if want := p.Slice(0, 3); given.Len() != 4 || !reflect.DeepEqual(given.Slice(0, 3), want) ||
		!reflect.DeepEqual(given.Phones(), []Phone{3, 1, 2}) || given.Place(3) != 7 {
		t.Errorf("given %+v", given.Slice(0, given.Len()))
	}
	if !reflect.DeepEqual(byPhone.Phones(), []Phone{1, 2, 3}) ||
		!reflect.DeepEqual(byPhone.Contacts(), []string{"user-7"}) {
		t.Errorf("by phone %+v", byPhone.Slice(0, byPhone.Len()))
	}
}

func TestEveryRowOfALongListKeepsItsValues(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	file.WriteString("phone;name;note;\"the \"\"quoted\"\"\\\"\n")
	for n := range 100 {
		fmt.Fprintf(&file, "+3752911111%02d;имя %d;%s;\"\"\"%d\\\t\n<b>\"\n", n, n, strings.Repeat("x", n*3), n)
	}
	list := readList(t, file.String())
	for n, r := range list.People.All() {
		if r.Vars["name"] != fmt.Sprintf("имя %d", n) || len(r.Vars["note"]) != n*3 ||
			r.Phone != Phone(375291111100+n) {
			t.Errorf("row %d: %+v", n, r)
		}
		vars := map[string]string{}
		if err := json.Unmarshal([]byte(list.People.Columns(n)), &vars); err != nil || !maps.Equal(vars, r.Vars) {
			t.Errorf("row %d as JSON: %s", n, list.People.Columns(n))
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
