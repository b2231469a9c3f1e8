package generate

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Release is the module of wsspec that a server requires.
type Release struct {
	// Version is its version, such as v1.2.3; empty with Replace alone.
	Version string
	// Sum is its checksum, as in go.sum. When it is empty, the first go mod tidy adds
	// it.
	Sum string
	// Replace is a folder with the source of wsspec, to be taken instead.
	Replace string
	// GoMod and GoSum are its own files of these names.
	GoMod, GoSum string
}

const wsspec = "github.com/wsspec/wsspec"

// imported are the modules that packages reference and wstest need, or that are in
// the graph because of them.
var imported = []string{"github.com/google/go-cmp", "github.com/klauspost/compress", "golang.org/x/net", "golang.org/x/sys", "golang.org/x/text"}

// tested are those of them that no package imports except in tests of its own.
const tested = "github.com/google/go-cmp"

// requirements are what go.mod and go.sum of a server say.
type requirements struct {
	Go      string // the version of the language
	Release string // of Go, as images of it are named: 1.26
	Wsspec  string // module and version
	Others  []string
	sums    string
}

// requirements are what go mod tidy would find for the server. The versions are
// those that wsspec is tested with.
func (r Release) requirements() (requirements, error) {
	if r.Version == "" && r.Replace == "" {
		return requirements{}, errors.New("wsspec has neither a version nor a folder")
	}
	version := r.Version
	if r.Replace != "" {
		version = "v0.0.0"
	}
	n := requirements{Wsspec: wsspec + " " + version}
	for line := range strings.Lines(r.GoMod) {
		words := strings.Fields(line)
		switch {
		case len(words) == 2 && words[0] == "go":
			n.Go = words[1]
		case len(words) >= 2 && words[0] != tested && slices.Contains(imported, words[0]):
			n.Others = append(n.Others, words[0]+" "+words[1])
		}
	}
	release := strings.SplitN(n.Go, ".", 3)
	if len(release) < 2 || len(n.Others) != len(imported)-1 {
		return requirements{}, errors.New("the go.mod of wsspec is not whole")
	}
	n.Release = release[0] + "." + release[1]
	n.sums = r.sums()
	return n, nil
}

// sums are the lines of go.sum.
func (r Release) sums() string {
	var lines []string
	for line := range strings.Lines(r.GoSum) {
		if words := strings.Fields(line); len(words) == 3 && slices.Contains(imported, words[0]) {
			lines = append(lines, line)
		}
	}
	if r.Replace == "" && r.Sum != "" {
		lines = append(lines, fmt.Sprintf("%s %s %s\n", wsspec, r.Version, r.Sum),
			fmt.Sprintf("%s %s/go.mod %s\n", wsspec, r.Version, sumOfGoMod(r.GoMod)))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// sumOfGoMod is the checksum of a go.mod: that of a list of files, with the one
// file.
func sumOfGoMod(text string) string {
	list := sha256.Sum256(fmt.Appendf(nil, "%x  go.mod\n", sha256.Sum256([]byte(text))))
	return "h1:" + base64.StdEncoding.EncodeToString(list[:])
}
