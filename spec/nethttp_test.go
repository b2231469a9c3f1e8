package spec

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

var _ = Describe("The reference behind net/http", func() {
	It("fails no case", func() {
		if foreign() {
			Skip("another server is tested")
		}
		options := reference.Options{Subprotocols: []string{"chat", "superchat"}, Deflate: &reference.DeflateOptions{}}
		target, stop := runner.Handler(&reference.Handler{Options: options}, runner.TargetOptions{})
		defer stop()
		report, err := runner.Run(context.Background(), target, cases.All(), runner.Options{Timeout: patient})
		Expect(err).NotTo(HaveOccurred())
		for _, r := range report.Results {
			if r.Verdict >= cases.Lax && !ofNetHTTP[r.Case.ID] {
				Fail(r.Block(""))
			}
		}
	})
})

// ofNetHTTP are cases in which net/http, before any handler is asked, departs
// from what the reference does behind its own front door.
var ofNetHTTP = map[string]bool{
	"handshake/request-line/empty-line-before": true, // 400 instead of ignoring the empty line
}
