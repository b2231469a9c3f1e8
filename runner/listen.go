package runner

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// ListenOptions are the choices of Listen. Of the Options, Parallel and OnResult
// mean nothing: the clients decide what is played, and when.
type ListenOptions struct {
	Options
	// Refusals offers the cases as well in which a client has to refuse the answer
	// to its opening handshake, or may, which not every driver survives.
	Refusals bool
	// Excluded says which of the offers an agent is not tested with: its connection
	// is opened and closed at once, with a Close frame that is empty, and there is no
	// result. nil excludes none. It is called by many goroutines.
	Excluded func(agent string, offer Offer) bool
	// Once ends it when a client has asked for its reports.
	Once bool
	// OnPlayed is called for each result as it comes.
	OnPlayed func(agent string, offer Offer, r Result)
	// OnUpdate is called when a client asks for the reports to be written, with those
	// of all clients in the order in which they came; the client waits until it
	// returns. Neither function is called while one of them runs.
	OnUpdate func(reports []*AgentReport)
	// Web answers requests that are no opening handshakes of WebSocket, and nil says
	// in a few lines of text what this is. A request's context ends with Listen,
	// which waits until Web has returned. An answer has 30 s, and one that goes on for
	// longer moves its write deadline. Connections cannot be taken over.
	Web http.Handler
}

const (
	// receivedAtOnce bounds the connections that are served at a time; others wait
	// to be accepted.
	receivedAtOnce = 512
	// headWithin is how long a client may take to send its request.
	headWithin = 10 * time.Second
	// acceptAgain is the wait after an accept that failed for want of something on
	// this side.
	acceptAgain = 50 * time.Millisecond
)

// Listen plays the server's side of cases to the clients that connect, and speaks
// the control URLs of Autobahn's fuzzing server to them: a client asks /getCaseCount
// for the number of cases, opens /runCase?case=N&agent=NAME for each and echoes
// until the connection ends, and asks for /updateReports. Offers says which cases
// of the list are offered; of the others, those that need cases.Session are judged
// from all connections of a client.
//
// It returns when the context ends, or a client asks for /stopServer, with what
// all clients did in the order in which they came. The error is that of a listener
// which cannot be used any more. The listener is closed.
func Listen(ctx context.Context, l net.Listener, list []cases.Case, o ListenOptions) ([]*AgentReport, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(ctx, func() { l.Close() })()
	r := newReception(list, o, stop)
	err := r.accept(ctx, l)
	l.Close()
	stop()
	r.visits.Wait()
	return r.reports(), err
}

// A reception serves the connections of clients that come by themselves.
type reception struct {
	options  ListenOptions
	list     []cases.Case
	offers   []Offer
	sessions []cases.Case
	stop     context.CancelFunc
	visits   sync.WaitGroup
	web      chan struct{} // the places for connections that are with Web

	telling sync.Mutex // the functions of the options

	mu     sync.Mutex
	agents []*agent
	came   chan struct{} // closed, and made anew, with each result
}

func newReception(list []cases.Case, o ListenOptions, stop context.CancelFunc) *reception {
	o.Options = o.Options.withDefaults()
	return &reception{
		options: o, list: list, offers: Offers(list, o.Refusals), sessions: sessionCases(list),
		stop: stop, came: make(chan struct{}), web: make(chan struct{}, webAtOnce),
	}
}

// accept serves connections until the context ends.
func (r *reception) accept(ctx context.Context, l net.Listener) error {
	return acceptAll(ctx, l, receivedAtOnce, &r.visits, func(nc net.Conn) { r.receive(ctx, nc) })
}

// acceptAll serves connections until the context ends, so many at a time.
func acceptAll(ctx context.Context, l net.Listener, atOnce int, serving *sync.WaitGroup, serve func(nc net.Conn)) error {
	places := make(chan struct{}, atOnce)
	for {
		select {
		case places <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		nc, err := l.Accept()
		switch {
		case ctx.Err() != nil:
			if err == nil {
				nc.Close()
			}
			return nil
		case err != nil && isOurs(err):
			<-places
			pause(ctx, acceptAgain)
			continue
		case err != nil:
			return fmt.Errorf("accept a connection: %w", err)
		}
		serving.Go(func() {
			defer func() { <-places }()
			defer nc.Close()
			serve(nc)
		})
	}
}
