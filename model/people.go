package model

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
)

// People are the people of an audience, in order. A million of them take some 30 MB: only the phone
// or contact and the columns of a list are kept for each, packed. The zero People is empty.
type People struct {
	table *peopleTable
	rows  []int32 // of the table; nil: all
}

// peopleTable holds packed people. It is append-only.
type peopleTable struct {
	phones   []Phone
	contacts map[int32]string            // of people without a phone
	columns  []string                    // the names of everybody's values
	packed   []byte                      // the values: the length and the bytes of each, row after row
	starts   []uint32                    // of the rows in packed, one for each block of rows
	odd      map[int32]map[string]string // of people with columns of their own
}

const packedBlock = 16 // rows that are read to find one

// PeopleOf packs people. Only phone, contact and columns of each are kept.
func PeopleOf(all ...Recipient) People {
	t := &peopleTable{}
	for _, r := range all {
		t.add(r.Phone, r.Contact, nil)
		if len(r.Vars) > 0 {
			if t.odd == nil {
				t.odd = map[int32]map[string]string{}
			}
			t.odd[int32(len(t.phones)-1)] = r.Vars
		}
	}
	return People{table: t}
}

// add adds a person with the values of the table's columns, nil for none.
func (t *peopleTable) add(phone Phone, contact string, values []string) {
	row := len(t.phones)
	t.phones = append(t.phones, phone)
	if phone == 0 {
		if t.contacts == nil {
			t.contacts = map[int32]string{}
		}
		t.contacts[int32(row)] = contact
	}
	if row%packedBlock == 0 {
		t.starts = append(t.starts, uint32(len(t.packed)))
	}
	for n := range t.columns {
		value := ""
		if n < len(values) {
			value = values[n]
		}
		t.packed = binary.AppendUvarint(t.packed, uint64(len(value)))
		t.packed = append(t.packed, value...)
	}
}

// values reads the columns of a row.
func (t *peopleTable) values(row int32) map[string]string {
	if vars := t.odd[row]; vars != nil {
		return vars
	}
	if len(t.columns) == 0 {
		return nil
	}
	vars := make(map[string]string, len(t.columns))
	for n, value := range t.cells(row) {
		vars[t.columns[n]] = string(value)
	}
	return vars
}

// cells returns the packed values of a row, in the order of the table's columns.
func (t *peopleTable) cells(row int32) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		at := t.packed[t.starts[row/packedBlock]:]
		next := func() []byte {
			size, n := binary.Uvarint(at)
			value := at[n : n+int(size)]
			at = at[n+int(size):]
			return value
		}
		for range int(row%packedBlock) * len(t.columns) {
			next()
		}
		for n := range t.columns {
			if !yield(n, next()) {
				return
			}
		}
	}
}

// Len is how many people there are.
func (p People) Len() int {
	switch {
	case p.table == nil:
		return 0
	case p.rows != nil:
		return len(p.rows)
	}
	return len(p.table.phones)
}

func (p People) row(i int) int32 {
	if p.rows != nil {
		return p.rows[i]
	}
	return int32(i)
}

// At returns a person. It makes a new map of the columns each time.
func (p People) At(i int) Recipient {
	r := p.who(i)
	r.Vars = p.table.values(p.row(i))
	return r
}

// who returns a person without the columns.
func (p People) who(i int) Recipient {
	row := p.row(i)
	r := Recipient{Phone: p.table.phones[row]}
	if r.Phone == 0 {
		r.Contact = p.table.contacts[row]
	}
	return r
}

// Who returns all people without their columns.
func (p People) Who() iter.Seq2[int, Recipient] {
	return func(yield func(int, Recipient) bool) {
		for i := range p.Len() {
			if !yield(i, p.who(i)) {
				return
			}
		}
	}
}

// All returns all people.
func (p People) All() iter.Seq2[int, Recipient] {
	return func(yield func(int, Recipient) bool) {
		for i := range p.Len() {
			if !yield(i, p.At(i)) {
				return
			}
		}
	}
}

// Part returns the people from index from up to but not including to, packed.
func (p People) Part(from, to int) People {
	rows := make([]int32, 0, to-from)
	for i := from; i < to; i++ {
		rows = append(rows, p.row(i))
	}
	return People{p.table, rows}
}

// Place returns the place of a person in the order in which all were given, from 1, even after
// reordering.
func (p People) Place(i int) int64 { return int64(p.row(i)) + 1 }

// Slice returns the people from index from up to but not including to.
func (p People) Slice(from, to int) []Recipient {
	some := make([]Recipient, 0, to-from)
	for i := from; i < to; i++ {
		some = append(some, p.At(i))
	}
	return some
}

// Phones returns the phones of the people who have one.
func (p People) Phones() []Phone {
	phones := make([]Phone, 0, p.Len())
	for _, r := range p.Who() {
		if r.Phone != 0 {
			phones = append(phones, r.Phone)
		}
	}
	return phones
}

// Contacts returns the contacts of those without a phone, folded.
func (p People) Contacts() []string {
	var contacts []string
	for _, r := range p.Who() {
		if r.Phone == 0 && r.Contact != "" {
			contacts = append(contacts, FoldContact(r.Contact))
		}
	}
	return contacts
}

// Only returns the people for whom keep is true; keep is called once for each.
func (p People) Only(keep func(i int) (bool, error)) (People, error) {
	kept := make([]int32, 0, p.Len())
	for i := range p.Len() {
		ok, err := keep(i)
		if err != nil {
			return p, err
		}
		if ok {
			kept = append(kept, p.row(i))
		}
	}
	if len(kept) == p.Len() {
		return p, nil
	}
	return People{p.table, kept}, nil
}

// InOrder sorts people of a campaign into the order in which they were given to it.
func InOrder(people []Recipient) {
	slices.SortStableFunc(people, func(a, b Recipient) int { return cmp.Compare(a.Place, b.Place) })
}

// Once returns the people without repetitions, in their order and in the order of their phones.
func (p People) Once() (given, byPhone People) {
	rows := make([]int32, p.Len())
	for i := range rows {
		rows[i] = p.row(i)
	}
	phone := func(row int32) Phone { return p.table.phones[row] }
	slices.SortFunc(rows, func(a, b int32) int { return cmp.Or(cmp.Compare(phone(a), phone(b)), cmp.Compare(a, b)) })
	again := map[int32]bool{}
	contacts := map[string]bool{}
	for i, row := range rows {
		if phone(row) == 0 {
			contact := FoldContact(p.table.contacts[row])
			again[row] = contacts[contact]
			contacts[contact] = true
		} else if i > 0 && phone(rows[i-1]) == phone(row) {
			again[row] = true
		}
	}
	byPhone = People{p.table, slices.DeleteFunc(rows, func(row int32) bool { return again[row] })}
	if byPhone.Len() == p.Len() {
		return p, byPhone
	}
	kept := make([]int32, 0, byPhone.Len())
	for i := range p.Len() {
		if !again[p.row(i)] {
			kept = append(kept, p.row(i))
		}
	}
	return People{p.table, kept}, byPhone
}
