package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Write writes the files to a folder, which it makes if there is none. It writes
// over nothing: when any of the files is there, the error names it and nothing is
// written. When writing fails, what was written is removed.
func Write(dir string, files []File) (err error) {
	if err := Free(dir, files); err != nil {
		return err
	}
	var made []string // files and folders
	defer func() {
		if err != nil {
			for _, name := range slices.Backward(made) {
				os.Remove(name)
			}
		}
	}()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		folders, err := makeFolder(filepath.Dir(name))
		made = append(made, folders...)
		if err != nil {
			return err
		}
		w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		made = append(made, name)
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
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
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
// not there, the outermost first.
func makeFolder(dir string) (made []string, err error) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append([]string{at}, made...)
	}
	return made, os.MkdirAll(dir, 0o755)
}
