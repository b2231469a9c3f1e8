package spec

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

const module = "github.com/wsspec/wsspec"

// arrows are the imports that a folder may have besides the standard library:
// packages of this module, and other modules. Test files may import more.
var arrows = map[string][]string{
	"cases":              {},
	"reference":          {"github.com/klauspost/compress", "golang.org/x/net/idna", "golang.org/x/sys/cpu"},
	"reference/generate": {module + "/reference"},
	"runner":             {module + "/cases", module + "/runner/entropy", module + "/runner/seen", module + "/runner/wire"},
	"runner/seen":        {},
	"runner/entropy":     {},
	"runner/wire":        {"github.com/klauspost/compress"},
	"runner/wstest":      {module + "/cases", module + "/runner"},
	"reports":            {module + "/cases", module + "/runner", module + "/runner/seen"},
	"reports/html":       {module + "/cases", module + "/runner", module + "/reports"},
	"browser":            {module + "/cases", module + "/runner", module + "/runner/seen", module + "/runner/wire", "github.com/chromedp"},
	"browser/page":       {module + "/cases", module + "/runner"},
	"spec":               {},
	"spec/notice":        {module + "/cases", module + "/reference", module + "/runner", module + "/runner/wire"},
	"spec/matrix":        {module + "/cases", module + "/reference", module + "/runner"},
	".":                  {module + "/cases", module + "/reference", module + "/reference/generate", module + "/runner", module + "/reports", module + "/reports/html", module + "/browser", module + "/browser/page", module + "/spec/matrix", module + "/spec/notice", "github.com/spf13", "go.yaml.in/yaml", "golang.org/x/term"},
}

// suites are the only importers, tests included, of what only specs need.
var suites = []string{"github.com/onsi/ginkgo", "github.com/onsi/gomega"}

var _ = Describe("The import graph", func() {
	It("has no edge but those that the design allows", func() {
		Expect(strays(false)).To(BeEmpty())
	})
	It("has Ginkgo and Gomega in the specs alone", func() {
		Expect(strays(true)).To(BeEmpty())
	})
})

// strays are the imports that the arrows forbid; with tests, those of Ginkgo and
// Gomega outside this folder.
func strays(tests bool) []string {
	var found []string
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "ci" || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".go"):
			return nil
		}
		folder := path.Dir(filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator))))
		for _, imported := range imports(file) {
			if tests && folder != "spec" && hasPrefix(suites, imported) ||
				!tests && !strings.HasSuffix(file, "_test.go") && !hasPrefix(arrows[folder], imported) && !standard(imported) {
				found = append(found, folder+" imports "+imported)
			}
		}
		return nil
	})
	Expect(err).NotTo(HaveOccurred())
	slices.Sort(found)
	return slices.Compact(found)
}

func imports(file string) []string {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	Expect(err).NotTo(HaveOccurred())
	var list []string
	for _, i := range parsed.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		Expect(err).NotTo(HaveOccurred())
		list = append(list, name)
	}
	return list
}

// standard reports whether a package is one of the standard library: only those
// have no dot in their first element.
func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".")
}

func hasPrefix(allowed []string, name string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		return name == a || strings.HasPrefix(name, a+"/") && !strings.HasPrefix(a, module)
	})
}
