package bench

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/wsspec/wsspec/ci/peers"
)

// A Service serves connections until it is closed, as http.Server does.
type Service interface {
	Serve(net.Listener) error
	Close() error
}

// A Target is a server to measure.
type Target struct {
	Name    string
	Version string
	Peer    bool // somebody else's library: what the reference is compared with
	New     func() Service
}

// Targets lists the reference and the servers of package peers.
func Targets() []Target {
	targets := referenceTargets()
	for _, peer := range peers.Servers() {
		targets = append(targets, Target{
			Name:    peer.Name,
			Version: peer.Module + " " + peer.Version,
			Peer:    true,
			New: func() Service {
				return &http.Server{Handler: peer.New(), ReadHeaderTimeout: 10 * time.Second}
			},
		})
	}
	return targets
}

// A Running is a target that has been started.
type Running struct {
	URL     string
	service Service
	serving sync.WaitGroup
	err     error // of Serve
}

// Start serves a target on a free port of the loopback address.
func Start(target Target) (*Running, error) {
	config := net.ListenConfig{Control: widenListener}
	listener, err := config.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &Running{URL: "ws://" + listener.Addr().String() + "/", service: target.New()}
	r.serving.Go(func() { r.err = r.service.Serve(listener) })
	return r, nil
}

// Stop ends the service. Its connections end when their clients do.
func (r *Running) Stop() error {
	err := r.service.Close()
	r.serving.Wait()
	if errors.Is(r.err, http.ErrServerClosed) || errors.Is(r.err, net.ErrClosed) {
		return err
	}
	return errors.Join(err, r.err)
}
