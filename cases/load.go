package cases

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files are the cases that somebody wrote in files.
type Files struct {
	// Cases are in the order of the files and of their lines.
	Cases  []Case
	places map[string]Place
}

// A Place is where a case begins.
type Place struct {
	File string
	Line int // from 1
}

func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Load reads and validates the cases in files, and in all files *.ws in folders
// and the folders below them, in alphabetical order; whatever has a name with a
// dot in front is left out there. Such a case need not have a title, nor prove a
// requirement. The error tells every fault of every file with its place: a
// ParseError each. Two cases with the same id are such a fault.
func Load(names ...string) (*Files, error) {
	list, errs := filesOf(names)
	f := &Files{places: map[string]Place{}}
	own := newOwnCases()
	for _, name := range list {
		if err := f.load(name, own); err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return f, nil
}

// filesOf finds the files.
func filesOf(names []string) (list []string, errs []error) {
	for _, name := range names {
		found, err := below(name)
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("reading cases: %w", err))
		case len(found) == 0:
			errs = append(errs, fmt.Errorf("reading cases: there is no file *.ws in %s", name))
		}
		for _, file := range found {
			if file = filepath.Clean(file); !slices.Contains(list, file) {
				list = append(list, file)
			}
		}
	}
	return list, errs
}

// below are the files of cases in a folder and below it; a file is itself,
// whatever its name.
func below(name string) (list []string, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir():
		return []string{name}, nil
	}
	err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		hidden := path != name && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			return err
		case hidden && d.IsDir():
			return fs.SkipDir
		case !hidden && !d.IsDir() && filepath.Ext(path) == ".ws":
			list = append(list, path)
		}
		return nil
	})
	return list, err
}

// load adds the cases of one file.
func (f *Files) load(name string, own *ownCases) error {
	src, err := readBounded(name)
	if err != nil {
		return fmt.Errorf("reading cases: %w", err)
	}
	p := &parser{file: name, lines: map[string]int{}, own: own, places: f.places}
	list, err := p.parse([]byte(src))
	if err == nil && len(list) == 0 {
		err = ParseErrors{{File: name, Line: 1, Column: 1, Msg: "there is no case in the file"}}
	}
	for id, line := range p.lines {
		if _, taken := f.places[id]; !taken {
			f.places[id] = Place{name, line}
		}
	}
	f.Cases = append(f.Cases, list...)
	return err
}

// Place is where the case with the id begins, if it is one of the files.
func (f *Files) Place(id string) (p Place, ok bool) {
	p, ok = f.places[id]
	return p, ok
}

// IDs are the ids of the cases.
func (f *Files) IDs() []string {
	ids := make([]string, len(f.Cases))
	for i := range f.Cases {
		ids[i] = f.Cases[i].ID
	}
	return ids
}

// Over is all the cases with those of the files: one with an id that is there
// already replaces that case, and the others come behind all of them.
func (f *Files) Over(all []Case) []Case {
	merged := slices.Clone(all)
	for _, c := range f.Cases {
		at := slices.IndexFunc(merged, func(other Case) bool { return other.ID == c.ID })
		if at < 0 {
			merged = append(merged, c)
		} else {
			merged[at] = c
		}
	}
	return merged
}
