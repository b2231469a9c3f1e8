package spec

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/cases"
)

// mostObservers bounds the cases that judge nothing: what a suite only observes,
// nobody looks at.
const mostObservers = 20

var _ = Describe("The coverage of the requirements", func() {
	It("has a reason for no requirement that a case proves after all", func() {
		var stale []string
		for _, e := range cases.Exemptions() {
			r, known := cases.FindRequirement(e.ID)
			Expect(known).To(BeTrue(), "there is no requirement %s", e.ID)
			c := cases.Cover(cases.All(), []cases.Requirement{r})[0]
			if c.Status() == cases.Covered {
				proof := append(c.Cases(), "what is judged in passing")
				stale = append(stale, fmt.Sprintf("%s (%s), by %s", e.ID, e.Reason, proof[0]))
			}
		}
		Expect(stale).To(BeEmpty(), "the tables of package cases give a reason for what is proved after all")
	})
	It("has the player judge in passing what it says is judged so", func() {
		blamed := quoted("../runner")
		for id, place := range cases.Watched() {
			if place != cases.OverTLS {
				Expect(blamed).To(HaveKey(id), "package runner never says that %s is broken", id)
			}
		}
	})
	It("has few cases that judge nothing, and each says why", func() {
		var observers []string
		for _, c := range cases.All() {
			Expect(c.Best()).To(BeNumerically("<=", cases.Info), "no peer can pass %s", c.ID)
			if c.Best() == cases.Info {
				observers = append(observers, c.ID)
				Expect(c.Note).NotTo(BeEmpty(), "%s judges nothing, and has no note that says why", c.ID)
			}
		}
		Expect(len(observers)).To(BeNumerically("<=", mostObservers), "these judge nothing: %v", observers)
	})
})

// quoted are the strings in the source of a folder and of those below it.
func quoted(folder string) map[string]bool {
	found := map[string]bool{}
	err := filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return fmt.Errorf("read the source: %w", err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil {
					found[text] = true
				}
			}
			return true
		})
		return nil
	})
	Expect(err).NotTo(HaveOccurred())
	return found
}
