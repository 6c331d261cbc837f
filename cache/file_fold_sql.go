package cache

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"modernc.org/sqlite"

	"viberdeck/model"
)

// openReader opens the pool that screens read through. Its SQL has a function fold(text), which is
// model.Fold of a text or of a stored sentence as it reads, so that filters and sorting ignore case
// in all scripts, and has_words(text, folded), which is hasWords of the folded text. Nothing stored
// depends on it: other programs can read the file. Each connection keeps few pages itself, because
// the system caches the file's pages once for all processes. The usual two MiB for each would be a
// quarter of the memory that a dashboard may take, and read no faster.
func openReader(path, mode string) (*sql.DB, error) {
	d := &sqlite.Driver{}
	if err := d.RegisterDeterministicScalarFunction("fold", 1, foldSQL); err != nil {
		return nil, model.Errorf("open the cache: %w", err)
	}
	if err := d.RegisterDeterministicScalarFunction("has_words", 2, hasWordsSQL); err != nil {
		return nil, model.Errorf("open the cache: %w", err)
	}
	return sql.OpenDB(statementCache{connector{d, source(path, mode, "query_only(1)", "cache_size(-128)")}}), nil // KiB
}

func foldSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, _ := args[0].(string)
	if words := model.StoredText(text); words.IsSentence() {
		text = words.String()
	}
	return model.Fold(text), nil
}

func hasWordsSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, _ := args[0].(string)
	words, _ := args[1].(string)
	return hasWords(model.Fold(text), words), nil
}

// connector opens connections of one driver without registering it for the whole process.
type connector struct {
	driver *sqlite.Driver
	source string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.source) }
func (c connector) Driver() driver.Driver                        { return c.driver }
