package spec

import (
	"context"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// foreign reports whether a server other than the reference is tested.
func foreign() bool { return os.Getenv("WSSPEC_TARGET") != "" }

// servers plays all cases against the server, side by side, when the first spec
// asks for a result. Specs of one process cannot run in parallel; cases can.
var servers = sync.OnceValue(func() map[string]runner.Result {
	target, stop := server()
	defer stop()
	report, err := runner.Run(context.Background(), target, cases.All(), runner.Options{})
	Expect(err).NotTo(HaveOccurred())
	Expect(report.Trouble).To(BeEmpty())
	results := map[string]runner.Result{}
	for _, r := range report.Results {
		results[r.Case.ID] = r
	}
	return results
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

// clients plays the cases for clients against the reference client, which
// connects and echoes.
var clients = sync.OnceValue(func() map[string]runner.Result {
	results := map[string]runner.Result{}
	var mu sync.Mutex
	var playing sync.WaitGroup
	places := make(chan struct{}, 32)
	for _, c := range cases.All() {
		if !c.Subject.Includes(cases.Client) {
			continue
		}
		places <- struct{}{}
		playing.Go(func() {
			defer func() { <-places }()
			r := playClient(c)
			mu.Lock()
			defer mu.Unlock()
			results[c.ID] = r
		})
	}
	playing.Wait()
	return results
})

// playClient lets a reference client connect to a listener of its own and plays
// the case to it.
func playClient(c cases.Case) runner.Result {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return runner.Result{Case: c, Verdict: cases.Errored, Reason: err.Error()}
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var client sync.WaitGroup
	client.Go(func() {
		conn, _, err := reference.Dial(ctx, fmt.Sprintf("ws://%s/", l.Addr()), nil)
		if err == nil {
			reference.Echo(ctx, conn)
			conn.CloseNow()
		}
	})
	defer client.Wait()
	nc, err := l.Accept()
	if err != nil {
		return runner.Result{Case: c, Verdict: cases.Errored, Reason: err.Error()}
	}
	return runner.PlayClient(ctx, nc, c, runner.Options{})
}

var _ = AfterSuite(func() {
	if foreign() {
		GinkgoWriter.Println("tested", os.Getenv("WSSPEC_TARGET"))
	}
})
