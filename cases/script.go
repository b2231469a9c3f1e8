package cases

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// A Script is a case that a server plays at a path of its own: a test server without
// any code.
type Script struct {
	Case Case
	// File is where it comes from.
	File string
	// Paths are those that it is played at, each with a slash in front. The first is
	// that of the file.
	Paths []string
}

// LoadScripts reads the scripts in a folder and the folders below it, in the order of
// their paths: the file example/chat.ws is for the path /example/chat, and index.ws
// for that of its folder. A line "alias /other /Third" gives it further paths. In place
// of a folder there may be one file.
//
// Such a file holds one case, whose subject is client unless it says otherwise, and
// in which the line "case" may be left out: its id is then the path. The error tells
// every fault of every file with its place: a ParseError each.
// A path that begins with one of those that are reserved is such a fault.
func LoadScripts(dir string, reserved ...string) ([]Script, error) {
	files, errs := filesOf([]string{dir})
	if len(files) == 1 && filepath.Clean(dir) == files[0] {
		dir = filepath.Dir(dir)
	}
	l := scriptLoader{dir: dir, own: newOwnCases(), reserved: reserved, taken: map[string]string{}}
	var scripts []Script
	for _, file := range files {
		s, err := l.load(file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		scripts = append(scripts, s)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(scripts, func(a, b Script) int { return strings.Compare(a.Paths[0], b.Paths[0]) })
	return scripts, nil
}

// ParseScript reads one script. The name of the file is for messages, and the id is
// that of a script without a line "case".
func ParseScript(name, id string, src []byte) (Case, error) {
	c, _, err := parseScript(name, id, src, newOwnCases())
	return c, err
}

func parseScript(name, id string, src []byte, own *ownCases) (Case, *caseParser, error) {
	p := &parser{file: name, lines: map[string]int{}, own: own, script: id}
	list, err := p.parse(src)
	switch {
	case err != nil:
		return Case{}, nil, err
	case len(list) == 0:
		return Case{}, nil, faultAt(name, place{1, 1}, "there is no script in the file")
	}
	return list[0], p.last, nil
}

// A scriptLoader reads the scripts in a folder.
type scriptLoader struct {
	dir      string
	own      *ownCases
	reserved []string
	taken    map[string]string // files, by their paths
}

// load reads the script in a file.
func (l *scriptLoader) load(file string) (Script, error) {
	path := pathOf(l.dir, file)
	id := cmp.Or(strings.TrimPrefix(path, "/"), "index")
	if !isID(id) {
		return Script{}, faultAt(file, place{1, 1}, "the path %s is not lower-case letters, digits, dots and hyphens, with slashes between its parts; "+
			"name the file otherwise, and put into it: alias %s", path, path)
	}
	src, err := readBounded(file)
	if err != nil {
		return Script{}, fmt.Errorf("reading scripts: %w", err)
	}
	c, p, err := parseScript(file, id, []byte(src), l.own)
	if err != nil {
		return Script{}, err
	}
	s := Script{Case: c, File: file, Paths: append([]string{path}, aliasPaths(c.Alias)...)}
	for i, path := range s.Paths {
		if why := l.take(path, file); why != "" {
			at := p.places[""][0]
			if i > 0 {
				at = p.places["alias"][0]
			}
			return Script{}, faultAt(file, at, "%s", why)
		}
	}
	return s, nil
}

// take claims a path for a file, and says why that cannot be.
func (l *scriptLoader) take(path, file string) (why string) {
	if other, ok := l.taken[path]; ok {
		return fmt.Sprintf("the path %s is that of %s already", path, other)
	}
	if i := slices.IndexFunc(l.reserved, func(r string) bool { return strings.HasPrefix(path+"/", r) }); i >= 0 {
		return fmt.Sprintf("the path %s is taken: %s has a meaning of its own", path, l.reserved[i])
	}
	l.taken[path] = file
	return ""
}

func faultAt(file string, at place, format string, args ...any) error {
	return ParseErrors{{File: file, Line: at.line, Column: at.column, Msg: fmt.Sprintf(format, args...)}}
}

// aliasPaths are the paths that aliases stand for: not those that are the names of a
// case in another suite.
func aliasPaths(aliases []string) (paths []string) {
	for _, a := range aliases {
		if strings.HasPrefix(a, "/") || !strings.Contains(a, ":") {
			paths = append(paths, "/"+strings.TrimPrefix(a, "/"))
		}
	}
	return paths
}

// pathOf is the path of a file in the folder.
func pathOf(dir, file string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		rel = filepath.Base(file)
	}
	path := "/" + strings.TrimSuffix(filepath.ToSlash(rel), ".ws")
	if folder, ok := strings.CutSuffix(path, "/index"); ok {
		return "/" + strings.TrimPrefix(folder, "/")
	}
	return path
}

// isPath reports whether an alias is a path of a URL that needs no escapes.
func isPath(s string) bool {
	return strings.HasPrefix(s, "/") && !strings.Contains(s, "//") && !strings.ContainsFunc(s, func(r rune) bool {
		lower := r | 0x20
		return (lower < 'a' || lower > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("-._~/@:", r)
	})
}
