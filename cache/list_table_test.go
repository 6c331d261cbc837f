package cache

import (
	"testing"

	"viberdeck/model"
)

func TestEveryListCanBeReadAndCounted(t *testing.T) {
	t.Parallel()
	db := open(t)
	for _, l := range model.RowLists() {
		if n, err := db.Count(t.Context(), l.Topic, model.PageRequest{}); err != nil || n != 0 {
			t.Errorf("%s: %d, %v", l.Topic, n, err)
		}
		if page, err := l.Read(t.Context(), db, model.PageRequest{}); err != nil || len(page.Rows) != 0 {
			t.Errorf("%s: %d rows, %v", l.Topic, len(page.Rows), err)
		}
	}
	if _, err := db.Page(t.Context(), model.TopicHealth, model.PageRequest{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("what is not a list: %v", err)
	}
	if _, err := db.Count(t.Context(), model.TopicHealth, model.PageRequest{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("what is not a list: %v", err)
	}
}
