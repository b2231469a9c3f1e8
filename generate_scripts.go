package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wsspec/wsspec/reference/generate"
)

// files are the scripts as files of a generated server, once they can be played.
func (f *scriptFlags) files() (files []generate.File, err error) {
	if _, err := f.load(); err != nil || f.dir == "" {
		return nil, err
	}
	root := os.DirFS(f.dir)
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".ws" {
			return err
		}
		content, err := fs.ReadFile(root, name)
		files = append(files, generate.File{Name: name, Content: content})
		return err
	})
	if err != nil {
		return nil, &exitError{exitTrouble, err}
	}
	return files, nil
}
