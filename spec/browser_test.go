package spec

import (
	"context"
	"errors"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/browser"
	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// lightCases are those of the catalogue that neither move much data nor wait for a
// timer of the peer's.
func lightCases() []cases.Case {
	return slices.DeleteFunc(cases.All(), func(c cases.Case) bool {
		return c.Weight == cases.Heavy || slices.Contains(c.Needs, cases.Patience)
	})
}

var _ = Describe("Chrome", Label("browser"), func() {
	It("does what its table tells", func(ctx context.Context) {
		chrome, err := browser.StartChrome(ctx, browser.Options{})
		if errors.Is(err, browser.ErrNoChrome) {
			Skip(err.Error())
		}
		Expect(err).NotTo(HaveOccurred())
		defer chrome.Close()
		report, err := runner.RunClient(ctx, chrome, lightCases(), runner.Options{
			Timeout: patient, Parallel: 8, Hosts: runner.Loopbacks(),
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(report.Trouble).To(BeEmpty())
		GinkgoWriter.Printf("%s: %d cases in %v\n", chrome, len(report.Results), report.Elapsed)
		Expect(untold(readTable("testdata/chrome.txt"), report.Results)).To(BeEmpty(), "%s", chrome)
	})
})
