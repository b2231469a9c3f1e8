package spec

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
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
	It("has a case or a reason for every MUST and MUST NOT of RFC 6455 and RFC 7692 that a peer can observe", func() {
		var missing []string
		for _, c := range cases.Cover(cases.All(), slices.DeleteFunc(cases.Requirements(), free)) {
			if c.Status() == cases.Missing {
				missing = append(missing, fmt.Sprintf("%s (%s, %s): %s", c.Requirement.ID, c.Requirement.Level, c.Requirement.Role, c.Requirement.Text))
			}
		}
		Expect(missing).To(BeEmpty(), "wsspec cover --missing --level MUST,MUST-NOT lists them")
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

// free reports whether the suite may leave a requirement out: one that is no
// duty, that nobody on the wire can see, that binds neither client nor server, or
// of another document.
func free(r cases.Requirement) bool {
	duty := r.Level == cases.Must || r.Level == cases.MustNot
	party := r.Role == cases.ForEndpoint || r.Role == cases.ForClient || r.Role == cases.ForServer
	document, _, _, _ := cases.SplitRef(r.ID)
	return !duty || !party || r.Observable != cases.OnWire || document != "6455" && document != "7692"
}

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
