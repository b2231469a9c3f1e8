package spec

import (
	"context"
	"errors"
	"os"
	"slices"
	"time"

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
		doesWhatIsTold(ctx, chrome, err, "testdata/chrome.txt")
	})
})

var _ = Describe("Firefox", Label("browser"), func() {
	It("does what its table tells", func(ctx context.Context) {
		firefox, err := browser.StartFirefox(ctx, browser.Options{})
		doesWhatIsTold(ctx, firefox, err, "testdata/firefox.txt")
	})
})

// browserPatience is the budget of a case. One that makes the browser hang costs it twice.
const browserPatience = 10 * time.Second

// doesWhatIsTold plays the light cases to a browser that was started, and compares the
// verdicts with the table. One that is not installed is skipped, but not where ci/test
// has installed it.
func doesWhatIsTold(ctx context.Context, b browser.Browser, err error, table string) {
	GinkgoHelper()
	if (errors.Is(err, browser.ErrNoChrome) || errors.Is(err, browser.ErrNoFirefox)) && os.Getenv("CI") == "" {
		Skip(err.Error())
	}
	Expect(err).NotTo(HaveOccurred())
	defer b.Close()
	report, err := runner.RunClient(ctx, b, lightCases(), runner.Options{
		Timeout: browserPatience, Parallel: 8, Hosts: runner.Loopbacks(),
	})
	Expect(err).NotTo(HaveOccurred())
	Expect(report.Trouble).To(BeEmpty())
	GinkgoWriter.Printf("%s: %d cases in %v\n", b, len(report.Results), report.Elapsed)
	Expect(untold(readTable(table), report.Results)).To(BeEmpty(), "%s", b)
}
