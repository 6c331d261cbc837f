package smsby_test

import (
	"bytes"
	"io"
	"reflect"
	"testing"
	"time"

	"viberdeck/model"
)

func body(b []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(b)) }

func call2[T any](v T, err error) (any, error) { return v, err }

// harmless fails if a string in v could do harm on a screen.
func harmless(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); model.Sanitise(s) != s {
			t.Errorf("harmful text %q", s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type() != reflect.TypeFor[time.Time]() {
				harmless(t, v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			harmless(t, v.Index(i))
		}
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			harmless(t, v.Elem())
		}
	}
}
