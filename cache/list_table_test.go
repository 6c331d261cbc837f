package cache

import (
	"testing"

	"viberdeck/model"
)

func TestEveryListOnAScreenCanBeCounted(t *testing.T) {
	t.Parallel()
	db := open(t)
	for _, topic := range model.ViewLists() {
		if n, err := db.Count(t.Context(), topic, model.PageRequest{}); err != nil || n != 0 {
			t.Errorf("%s: %d, %v", topic, n, err)
		}
	}
	if _, err := db.Count(t.Context(), model.TopicHealth, model.PageRequest{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("what is not a list: %v", err)
	}
}
