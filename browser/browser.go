package browser

import (
	"context"
	"time"

	"github.com/wsspec/wsspec/runner"
)

// A Browser is a client under test that is a browser: a Chrome or a Firefox.
type Browser interface {
	runner.Pager
	// Use has a page use the server at the URL. Each step of it has so much time.
	Use(ctx context.Context, url string, subprotocols []string, patience time.Duration) (Use, error)
	// Relayed is what went through the relay so far, a value for each TCP connection
	// that the pages asked for.
	Relayed() []Relayed
	// Close ends the browser, and removes its profile.
	Close() error
}

// Options are the choices for a browser. The zero value is useful.
type Options struct {
	// Path is the program; empty: the first that is found.
	Path string
	// OnSeen is called with what the page saw of each connection, when that has
	// ended. It may be called from several goroutines at a time.
	OnSeen func(Seen)
	// Relay has the connections of the pages go through this program, which keeps their
	// first octets for Relayed.
	Relay bool
	// Insecure has the browser take any certificate.
	Insecure bool
}

// servers are what the browser connects to in this program besides what it tests: the
// pages, and the relay if there is one.
type servers struct {
	driver *driver
	relay  *relay // nil without one
}

func startServers(o *Options) (s servers, err error) {
	if s.driver, err = serveDriver(); err != nil || !o.Relay {
		return s, err
	}
	if s.relay, err = startRelay(); err != nil {
		s.driver.close()
	}
	return s, err
}

func (s *servers) close() {
	s.driver.close()
	if s.relay != nil {
		s.relay.close()
	}
}

// Origin is that of the pages: what a browser puts into the field Origin.
func (s *servers) Origin() string { return "http://" + s.driver.host() }

// Relayed is what went through the relay so far, a value for each TCP connection that
// the pages asked for.
func (s *servers) Relayed() []Relayed {
	if s.relay == nil {
		return nil
	}
	return s.relay.relayed()
}
