package spec

import (
	"fmt"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// claimed are the sections that some file of this package stands for.
var claimed []string

// section makes a spec of each case that stands under one of the sections, such
// as "6455-5.4". It returns a value only so that it can stand at the top of a
// file.
func section(title string, sections ...string) bool {
	claimed = append(claimed, sections...)
	return Describe(title, func() {
		for _, c := range cases.All() {
			if !slices.Contains(sections, sectionOf(&c)) || slices.Contains(c.Needs, cases.Patience) {
				continue
			}
			if c.Subject.Includes(cases.Server) {
				It("a server: "+c.Title, labels(&c), func() { check(servers, c.ID) })
			}
			if c.Subject.Includes(cases.Client) && !foreign() {
				It("a client: "+c.Title, labels(&c), func() { check(clients, c.ID) })
			}
		}
	})
}

// sectionOf is the document and section that a case stands under.
func sectionOf(c *cases.Case) string {
	document, section, _, _ := cases.SplitRef(c.Refs[0])
	return document + "-" + section
}

// labels are the id of a case, with dots for slashes, which no label may have,
// its level and its section.
func labels(c *cases.Case) Labels {
	return Label(strings.ReplaceAll(c.ID, "/", "."), c.EffectiveLevel().String(), sectionOf(c))
}

// check asserts the stored result of a case.
func check(results func() map[string]runner.Result, id string) {
	GinkgoHelper()
	r, ok := results()[id]
	Expect(ok).To(BeTrue(), "the case %s was not played", id)
	AddReportEntry("duration", r.Duration, ReportEntryVisibilityNever)
	if r.Verdict == cases.Pass {
		return
	}
	AddReportEntry("transcript", r.Block(""), ReportEntryVisibilityFailureOrVerbose)
	switch {
	case r.Verdict == cases.Skipped && (foreign() || r.Reason == runner.Impatient):
		Skip(r.Reason)
	case r.Verdict == cases.Info, r.Verdict == cases.Lax && foreign():
	default:
		Fail(fmt.Sprintf("%s: expected %s, got %s %s", r.Verdict, r.Expected, r.Got, r.Reason))
	}
}

var _ = Describe("The catalogue", func() {
	It("has a file here for the section of every case", func() {
		for _, c := range cases.All() {
			Expect(claimed).To(ContainElement(sectionOf(&c)), "no file of package spec stands for the section of %s", c.ID)
		}
	})
})
