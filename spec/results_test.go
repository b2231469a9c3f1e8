package spec

import (
	"context"
	"net"
	"os"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
	"github.com/wsspec/wsspec/spec/matrix"
)

// foreign reports whether a server other than the reference is tested.
func foreign() bool { return os.Getenv("WSSPEC_TARGET") != "" }

// patient is the budget of a case against the reference, which conforms: nothing
// but a busy machine uses up the usual one.
const patient = time.Minute

// options are those of the run against the server under test.
func options() runner.Options {
	if foreign() {
		return runner.Options{}
	}
	return runner.Options{Timeout: patient}
}

// servers plays all cases against the server, side by side, when the first spec
// asks for a result. Specs of one process cannot run in parallel; cases can.
var servers = sync.OnceValue(func() map[string]runner.Result {
	target, stop := server()
	defer stop()
	report, err := runner.Run(context.Background(), target, cases.All(), options())
	return resultsOf(report, err)
})

// server is the server under test.
func server() (t runner.Target, stop func()) {
	if url := os.Getenv("WSSPEC_TARGET"); url != "" {
		t, err := runner.URL(url, runner.TargetOptions{})
		Expect(err).NotTo(HaveOccurred())
		return t, func() {}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	options := reference.Options{Subprotocols: []string{"chat", "superchat"}, Deflate: &reference.DeflateOptions{}}
	s := &reference.Server{Handler: &reference.Handler{Options: options}}
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() { s.Serve(ctx, l) })
	return runner.Listener(l, runner.TargetOptions{}), func() { cancel(); serving.Wait() }
}

// clients plays all cases against the reference client.
var clients = sync.OnceValue(func() map[string]runner.Result {
	report, err := runner.RunClient(context.Background(), matrix.Client(), cases.All(), runner.Options{Timeout: patient})
	return resultsOf(report, err)
})

// resultsOf are the results of a run that was not cut short, by case.
func resultsOf(report *runner.Report, err error) map[string]runner.Result {
	Expect(err).NotTo(HaveOccurred())
	Expect(report.Trouble).To(BeEmpty())
	results := map[string]runner.Result{}
	for _, r := range report.Results {
		results[r.Case.ID] = r
	}
	return results
}

var _ = AfterSuite(func() {
	if foreign() {
		GinkgoWriter.Println("tested", os.Getenv("WSSPEC_TARGET"))
	}
})
