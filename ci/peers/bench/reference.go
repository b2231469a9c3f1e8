package bench

import (
	"context"
	"errors"
	"net"

	"github.com/wsspec/wsspec/reference"
)

// readLimit is that of the servers of package peers.
const readLimit = 64 << 20

// referenceTargets are the reference's own server, once with answers that wait
// for each other and once with a write for each, as the other libraries do it.
func referenceTargets() []Target {
	return []Target{
		{
			Name: "reference", Version: "with Coalesce",
			New: func() Service { return newReference(true) },
		},
		{
			Name: "reference-each", Version: "without Coalesce: a write for each message",
			New: func() Service { return newReference(false) },
		},
	}
}

// A referenceService gives reference.Server the methods of http.Server.
type referenceService struct{ server *reference.Server }

func newReference(coalesce bool) referenceService {
	options := reference.ConnOptions{ReadLimit: readLimit, Coalesce: coalesce}
	handler := &reference.Handler{Options: reference.Options{ConnOptions: options}}
	return referenceService{&reference.Server{Handler: handler}}
}

func (s referenceService) Serve(listener net.Listener) error {
	return s.server.Serve(context.Background(), listener)
}

// Close cuts the connections, for Shutdown has no time left.
func (s referenceService) Close() error {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.server.Shutdown(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
