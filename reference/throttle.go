package reference

import (
	"context"
	"net"
	"sync"
)

// A Throttle lets connections to one IP address and port be opened one after the
// other only: the next one waits until the one before is open or has failed.
// RFC 6455, section 4.1, demands this of clients, lest a web page use them to
// flood a server. DialOptions that share a Throttle wait for each other. The
// zero value is ready for use.
type Throttle struct {
	mu   sync.Mutex
	busy map[string]*turnstile
}

// A turnstile is there for as long as somebody is before it or in it.
type turnstile struct {
	free  chan struct{} // holds one token while nobody is in
	users int
}

// enter waits for its turn at an address; leave ends it. A nil Throttle lets
// everybody through.
func (t *Throttle) enter(ctx context.Context, address string) (leave func(), err error) {
	if t == nil {
		return func() {}, nil
	}
	s := t.turnstile(address)
	select {
	case <-s.free:
		return func() { s.free <- struct{}{}; t.drop(address, s) }, nil
	case <-ctx.Done():
		t.drop(address, s)
		return nil, ctx.Err()
	}
}

func (t *Throttle) turnstile(address string) *turnstile {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.busy[address]
	if s == nil {
		s = &turnstile{free: make(chan struct{}, 1)}
		s.free <- struct{}{}
		if t.busy == nil {
			t.busy = make(map[string]*turnstile)
		}
		t.busy[address] = s
	}
	s.users++
	return s
}

func (t *Throttle) drop(address string, s *turnstile) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.users--; s.users == 0 {
		delete(t.busy, address)
	}
}

// dialInTurn connects to host and port. leave has to be called once the opening
// handshake is over. A host of several addresses is tried at one after the
// other; when somebody else does the dialing and so the resolving, the name
// stands for the address, as behind a proxy.
func (o *DialOptions) dialInTurn(ctx context.Context, host, port string) (nc net.Conn, leave func(), err error) {
	dial, hosts := o.NetDial, []string{host}
	if dial == nil {
		dial = new(net.Dialer).DialContext
		if o.Throttle != nil {
			if hosts, err = net.DefaultResolver.LookupHost(ctx, host); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, host := range hosts {
		address := net.JoinHostPort(host, port)
		if leave, err = o.Throttle.enter(ctx, address); err != nil {
			return nil, nil, err
		}
		if nc, err = dial(ctx, "tcp", address); err == nil {
			return nc, leave, nil
		}
		leave()
	}
	return nil, nil, err
}
