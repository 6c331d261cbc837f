package smsby

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"

	"viberdeck/model"
)

// readImage returns the picture to upload with a message, nil if there is none. A file that has
// changed since it was chosen is refused.
func readImage(u model.Upload) (*Image, error) {
	if u == (model.Upload{}) {
		return nil, nil
	}
	data, err := os.ReadFile(u.Path)
	if err != nil {
		return nil, model.Invalid("image_file", "it cannot be read: %s", err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != u.Sum {
		return nil, model.Invalid("image_file", "%s is not what it was when it was chosen; make the campaign again",
			u.Path)
	}
	return &Image{Name: filepath.Base(u.Path), Data: bytes.NewReader(data)}, nil
}
