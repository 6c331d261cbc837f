// Package export writes lists to files.
package export

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"viberdeck/model"
)

// pagesInStep is how many pages of model.BulkRows one step writes.
const pagesInStep = 10

// Progress is how far an export has got.
type Progress struct {
	Rows int64
	Path string // the full path, once the file exists
}

// File is a list on its way into a file, some pages at a time. The file does not appear under its
// name before it is complete, and an existing one is never overwritten.
type File[T any] struct {
	path, part string
	file       *os.File // nil before the first step
	out        model.RowWriter[T]
	q          model.PageRequest
	read       model.PageReader[T]
	fields     []model.RowField[T]
	csv        func(io.Writer, []model.RowField[T]) model.RowWriter[T]
	rows       int64
}

// New prepares the export of the rows that a request matches. A path that ends in .jsonl or .json
// makes JSON Lines, any other what csv writes.
func New[T any](path string, q model.PageRequest, read model.PageReader[T], fields []model.RowField[T],
	csv func(io.Writer, []model.RowField[T]) model.RowWriter[T]) *File[T] {
	q.Limit = model.BulkRows
	return &File[T]{path: path, q: q, read: read, fields: fields, csv: csv}
}

// Step writes the next pages. After an error, including a cancelled context, no unfinished file is
// left.
func (f *File[T]) Step(ctx context.Context) (Progress, error) {
	done, err := f.pages(ctx)
	switch {
	case err != nil && f.file != nil:
		err = errors.Join(err, f.file.Close(), os.Remove(f.part))
	case done:
		if err = errors.Join(f.file.Close(), os.Rename(f.part, f.path)); err != nil {
			_ = os.Remove(f.part)
		}
	}
	if err != nil || !done {
		return Progress{Rows: f.rows}, err
	}
	return Progress{Rows: f.rows, Path: f.path}, nil
}

func (f *File[T]) pages(ctx context.Context) (done bool, err error) {
	if f.file == nil {
		if err := f.create(); err != nil {
			return false, err
		}
	}
	for range pagesInStep {
		if err := ctx.Err(); err != nil {
			return false, model.Errorf("write %s: %w", filepath.Base(f.path), err)
		}
		page, err := f.read(ctx, f.q)
		if err != nil {
			return false, err
		}
		for _, r := range page.Rows {
			if err := f.out.Row(r); err != nil {
				return false, model.Errorf("write %s: %w", filepath.Base(f.path), err)
			}
		}
		f.rows += int64(len(page.Rows))
		if !page.More || len(page.Keys) == 0 {
			return true, f.out.End()
		}
		f.q.Cursor = page.Keys[len(page.Keys)-1]
	}
	return false, nil
}

func (f *File[T]) create() error {
	name := filepath.Base(f.path)
	path, err := filepath.Abs(f.path)
	if err != nil {
		return model.Errorf("find the place of %s: %w", name, err)
	}
	f.path, f.part = path, path+".part"
	if _, err := os.Lstat(f.path); !errors.Is(err, fs.ErrNotExist) {
		return model.Invalid("file", "%s already exists; choose another name", name)
	}
	if f.file, err = os.OpenFile(f.part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err != nil {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return model.Invalid("file", "there is no directory %s", filepath.Dir(path))
		case errors.Is(err, fs.ErrPermission):
			return model.Invalid("file", "the directory %s cannot be written; choose another", filepath.Dir(path))
		}
		return model.Errorf("make %s: %w", name, err)
	}
	f.out = f.csv(f.file, f.fields)
	if ext := strings.ToLower(filepath.Ext(f.path)); ext == ".jsonl" || ext == ".json" {
		f.out = model.NewJSONLines(f.file, f.fields)
	}
	return nil
}
