package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Write writes the files to a folder, which it makes if there is none. It writes
// over nothing: when any of the files is there, the error names it and nothing is
// written. When writing fails, what was written is removed.
func Write(dir string, files []File) (err error) {
	if err := Free(dir, files); err != nil {
		return err
	}
	made, err := makeFolder(dir)
	if err != nil {
		return err
	}
	var written []string
	defer func() {
		if err != nil {
			for _, name := range append(written, made...) {
				os.Remove(name)
			}
		}
	}()
	for _, f := range files {
		name := filepath.Join(dir, f.Name)
		w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		written = append(written, name)
		_, err = w.Write(f.Content)
		if err := errors.Join(err, w.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Free makes sure that none of the files is there; the error names those that are.
func Free(dir string, files []File) error {
	var there []string
	for _, f := range files {
		name := filepath.Join(dir, f.Name)
		_, err := os.Lstat(name)
		switch {
		case err == nil:
			there = append(there, name)
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	if len(there) > 0 {
		return fmt.Errorf("%w: %s", fs.ErrExist, strings.Join(there, ", "))
	}
	return nil
}

// makeFolder makes a folder and those that it is in, and returns the ones that were
// not there, the innermost first.
func makeFolder(dir string) (made []string, err error) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, at)
	}
	return made, os.MkdirAll(dir, 0o755)
}
