package cache

import (
	"context"
	"database/sql/driver"
)

// mostStatements is how many prepared statements a connection that writes keeps.
const mostStatements = 64

// statementCache opens connections that keep their prepared statements: between two calls to a
// vendor the same few statements run, and preparing them takes as long as executing them.
type statementCache struct{ connector }

// Connect opens a connection.
func (k statementCache) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &cachingConn{sqliteConn: c.(sqliteConn), idle: map[string]*cachedStatement{}}, nil
}

// sqliteConn is what database/sql uses of a connection of the driver.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// cachingConn is a connection with its prepared statements. database/sql lets one goroutine use it
// at a time.
//
// Its statements are not interrupted half-way: each writes little, and the driver would start a
// goroutine for each to wait for the end of the context. One that has ended starts none.
type cachingConn struct {
	sqliteConn
	idle map[string]*cachedStatement // those that are not in use, by their text
	uses uint64
}

type cachedStatement struct {
	driver.Stmt
	text string
	last uint64 // use of the connection
}

// take returns a prepared statement, kept or new. It belongs to the caller until it is put back.
func (c *cachingConn) take(ctx context.Context, text string) (*cachedStatement, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s := c.idle[text]; s != nil {
		delete(c.idle, text)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, text)
	return &cachedStatement{Stmt: s, text: text}, err
}

// put keeps a statement for its next use. It discards a kept one with the same text, which means
// that both were in use at once. When too many are kept, it discards the least recently used.
func (c *cachingConn) put(s *cachedStatement) error {
	c.uses++
	s.last = c.uses
	oldest, twin := s, c.idle[s.text]
	c.idle[s.text] = s
	if twin != nil {
		return twin.Close()
	}
	if len(c.idle) <= mostStatements {
		return nil
	}
	for _, o := range c.idle {
		if o.last < oldest.last {
			oldest = o
		}
	}
	delete(c.idle, oldest.text)
	return oldest.Close()
}

func (c *cachingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	res, err := s.Stmt.(driver.StmtExecContext).ExecContext(context.WithoutCancel(ctx), args)
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return res, c.put(s)
}

func (c *cachingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(context.WithoutCancel(ctx), args)
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return &cachedRows{Rows: rows, conn: c, statement: s}, nil
}

// Close closes the statements with the connection.
func (c *cachingConn) Close() error {
	for _, s := range c.idle {
		_ = s.Close()
	}
	clear(c.idle)
	return c.sqliteConn.Close()
}

// cachedRows puts the statement back once its rows have been read.
type cachedRows struct {
	driver.Rows
	conn      *cachingConn
	statement *cachedStatement
}

func (r *cachedRows) Close() error {
	if err := r.Rows.Close(); err != nil {
		_ = r.statement.Close()
		return err
	}
	return r.conn.put(r.statement)
}
