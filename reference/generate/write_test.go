package generate

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var two = []File{{"a", []byte("1")}, {"b", []byte("2")}}

// names are the files and folders below a folder.
func names(t *testing.T, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if name != dir {
			found = append(found, strings.TrimPrefix(name, dir+string(filepath.Separator)))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestFoldersAreMade(t *testing.T) {
	dir := t.TempDir()
	if err := Write(filepath.Join(dir, "x", "y"), two); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names(t, dir), " "); got != "x x/y x/y/a x/y/b" {
		t.Errorf("there is %s", got)
	}
}

func TestNothingIsWrittenOver(t *testing.T) {
	for _, there := range []func(name string) error{
		func(name string) error { return os.WriteFile(name, []byte("mine"), 0o600) },
		func(name string) error { return os.Mkdir(name, 0o700) },
		func(name string) error { return os.Symlink("nowhere", name) },
	} {
		dir := t.TempDir()
		if err := there(filepath.Join(dir, "b")); err != nil {
			t.Fatal(err)
		}
		err := Write(dir, two)
		if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), filepath.Join(dir, "b")) {
			t.Errorf("the error is %v", err)
		}
		if got := strings.Join(names(t, dir), " "); got != "b" {
			t.Errorf("there is %s", got)
		}
	}
}

func TestWhatCannotBeWholeIsNotWritten(t *testing.T) {
	dir := t.TempDir()
	if err := Write(filepath.Join(dir, "x"), append(two, File{"c/d", nil}, File{"a/folder", nil})); err == nil {
		t.Error("there is no error")
	}
	if got := names(t, dir); len(got) > 0 {
		t.Errorf("there is %s", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(dir, "file", "x"), two); err == nil {
		t.Error("a folder is made in a file")
	}
}
