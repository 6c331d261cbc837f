package model

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
)

// UploadMax is the maximum size of an uploaded image, in bytes.
const UploadMax = 10 << 20

// Upload is a file of this host that is sent with a message, in the state in which it was chosen.
type Upload struct {
	Path string `json:"path"` // from the root
	Sum  string `json:"sum"`  // SHA-256 of its content, in hex
}

// ReadUpload reads the image at the path, in files whose paths begin at the root. An error is
// Invalid, about image_file.
func ReadUpload(files fs.FS, path string) (Upload, error) {
	fail := func(format string, args ...any) (Upload, error) {
		return Upload{}, Invalid("image_file", format, args...)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return fail("it cannot be read: %s", err)
	}
	name := strings.TrimPrefix(filepath.ToSlash(path), "/")
	info, err := fs.Stat(files, name)
	if err != nil {
		return fail("it cannot be read: %s", err)
	}
	if !info.Mode().IsRegular() || info.Size() > UploadMax {
		return fail("%s is not an image of at most %d MB", path, UploadMax>>20)
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return fail("it cannot be read: %s", err)
	}
	if !strings.HasPrefix(http.DetectContentType(data), "image/") {
		return fail("%s is not an image of at most %d MB", path, UploadMax>>20)
	}
	sum := sha256.Sum256(data)
	return Upload{Path: path, Sum: hex.EncodeToString(sum[:])}, nil
}
