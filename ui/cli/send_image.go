package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"viberdeck/model"
)

// imageMax is how large an image may be that is uploaded, in bytes.
const imageMax = 10 << 20

// readImage looks at the image that a campaign file names: beside that file, or from the root on.
func (p *program) readImage(file, name string) (model.Upload, error) {
	fail := func(format string, args ...any) (model.Upload, error) {
		return model.Upload{}, exitError{exitUsage, model.Invalid("image_file", format, args...)}
	}
	if err := p.mayOpen(name); err != nil {
		return model.Upload{}, err
	}
	if !filepath.IsAbs(name) && file != "-" {
		name = filepath.Join(filepath.Dir(file), name)
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return fail("it cannot be read: %s", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fail("it cannot be read: %s", err)
	}
	if !info.Mode().IsRegular() || info.Size() > imageMax {
		return fail("%s is not an image of at most %d MB", path, imageMax>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return fail("it cannot be read: %s", err)
	}
	if !strings.HasPrefix(http.DetectContentType(data), "image/") {
		return fail("%s is not an image of at most %d MB", path, imageMax>>20)
	}
	sum := sha256.Sum256(data)
	return model.Upload{Path: path, Sum: hex.EncodeToString(sum[:])}, nil
}
