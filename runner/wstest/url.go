package wstest

import (
	"testing"

	"github.com/wsspec/wsspec/runner"
)

// URL plays the cases against the server at a ws or wss URL, which runs already,
// and reports each as a subtest. It is for a server that does without net/http, or
// whose TLS and whose own parser of HTTP are to be tested as well.
func URL(t *testing.T, url string, o Options) {
	t.Helper()
	list, err := o.list()
	if err != nil {
		t.Fatal(err)
	}
	target, err := runner.URL(url, o.Target)
	if err != nil {
		t.Fatal(err)
	}
	report, err := runner.Run(t.Context(), target, list, o.Options)
	o.report(t, report, err)
}
