package cache

import (
	"strings"
	"testing"
)

func TestAPersonsHistoryIsFoundWithoutReadingAllPeopleOrReplies(t *testing.T) {
	t.Parallel()
	db := open(t)
	for _, query := range personEvents {
		rows, err := db.reader.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query+" ORDER BY 2 DESC LIMIT ?2",
			375291111111, 10)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			// The campaigns' ids are read, to look into each, and the blacklist, whose removed
			// entries have no index.
			if strings.HasPrefix(detail, "SCAN ") && !strings.HasPrefix(detail, "SCAN campaign") &&
				!strings.Contains(detail, "VIRTUAL") && detail != "SCAN b" {
				t.Errorf("%s\n%.60s", detail, query)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
