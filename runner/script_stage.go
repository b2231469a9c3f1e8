package runner

import (
	"cmp"
	"context"
	"crypto/tls"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// connectionsAtOnce bounds all connections, most of which are another server's.
const connectionsAtOnce = 1 << 20

// A Scene is what is played to the clients that come to a path.
type Scene struct {
	Case cases.Case
	// Timeout bounds a visit, unless the case has a time of its own; zero takes that of
	// the stage's Options, and a negative value is no limit.
	Timeout time.Duration
	// Talks tells that the client says what it likes, and does not just echo: its
	// messages may cross the Close of the server.
	Talks bool
}

// A Visitor is a client that came to a scene and has gone.
type Visitor struct {
	// Path is what it opened, and Addr where it came from.
	Path, Addr string
	// Faults are what is wrong with its opening handshake and can be put up with.
	Faults []string
	// Result is what came of it.
	Result Result
}

// A Stage plays scenes to the clients that come to their paths, and leaves all other
// connections to another server, on any number of listeners. Its fields are set before
// it is used.
type Stage struct {
	// Options are those of all scenes. Parallel, the Hosts and the functions mean
	// nothing here.
	Options Options
	// Scene is the one of a path; nil when there is none. It is called by many
	// goroutines.
	Scene func(path string) *Scene
	// OnVisit, if not nil, is told of each visit when it is over, by many goroutines.
	OnVisit func(v Visitor)
	// AtOnce is how many visitors there may be at a time; others get a 503. Zero means
	// 512.
	AtOnce int

	furnish sync.Once
	places  chan struct{}
}

// Serve accepts connections from l, plays scenes to those that ask for one, and gives
// the others to rest, with all that has been read from them. It closes l when the
// context ends, and returns when the last connection is done with.
func (s *Stage) Serve(ctx context.Context, l net.Listener, rest func(ctx context.Context, nc net.Conn)) error {
	s.furnish.Do(func() { s.places = make(chan struct{}, cmp.Or(s.AtOnce, receivedAtOnce)) })
	defer l.Close()
	var serving sync.WaitGroup
	defer serving.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(ctx, func() { l.Close() })()
	return acceptAll(ctx, l, connectionsAtOnce, &serving, func(nc net.Conn) {
		if nc = s.serve(ctx, nc); nc != nil {
			rest(ctx, nc)
		}
	})
}

// serve plays a scene on the connection and closes it, or returns it for the other
// server.
func (s *Stage) serve(ctx context.Context, nc net.Conn) (rest net.Conn) {
	if t, ok := nc.(*tls.Conn); ok && !shake(ctx, t) {
		return nc // who speaks no TLS is told so by the other server
	}
	read, path := sniff(ctx, nc)
	scene := (*Scene)(nil)
	if path != "" {
		scene = s.Scene(path)
	}
	if scene == nil {
		return handed(nc, read)
	}
	g, err := meet(ctx, handed(nc, read))
	if err != nil || !g.asksForWebSocket() {
		return handed(nc, slices.Concat(g.head.Raw, g.rest))
	}
	defer nc.Close()
	g.nc = nc
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
		s.play(ctx, g, scene)
	default:
		g.answer("503 Service Unavailable", "too many visitors\n")
	}
	return nil
}

// play plays a scene, and tells of it.
func (s *Stage) play(ctx context.Context, g *guest, scene *Scene) {
	o := s.Options
	o.Timeout = cmp.Or(scene.Timeout, o.Timeout)
	o = o.withDefaults()
	set := o.settings()
	set.session, set.talks = &session{}, scene.Talks
	request := judgeRequest(g.head)
	r := &reception{options: ListenOptions{Options: o}}
	v := Visitor{Path: g.path, Addr: g.nc.RemoteAddr().String()}
	v.Result = r.play(ctx, g, &agent{set: set}, request, &scene.Case)
	for _, f := range request.faults {
		v.Faults = append(v.Faults, f.detail)
	}
	if s.OnVisit != nil {
		s.OnVisit(v)
	}
}

// shake does the TLS handshake of a server.
func shake(ctx context.Context, c *tls.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, headWithin)
	defer cancel()
	return c.HandshakeContext(ctx) == nil
}
