package cli

import (
	"os"
	"path/filepath"

	"viberdeck/model"
)

// readImage looks at the image that a campaign file names: beside that file, or from the root on.
func (p *program) readImage(file, name string) (model.Upload, error) {
	if err := p.mayOpen(name); err != nil {
		return model.Upload{}, err
	}
	if !filepath.IsAbs(name) && file != "-" {
		name = filepath.Join(filepath.Dir(file), name)
	}
	image, err := model.ReadUpload(os.DirFS("/"), name)
	if err != nil {
		return image, exitError{exitUsage, err}
	}
	return image, nil
}
