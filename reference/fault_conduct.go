package reference

import (
	"net"
	"net/http"
	"slices"
	"sync"
)

// A departure is a fault with its mechanism. Honest code knows nothing of single
// faults: it asks whether a rule is enforced, and hands over what it is about to
// send or has just read. All functions may be nil.
type departure struct {
	Fault

	// forgives are the requirements that are not enforced.
	forgives []string
	// text picks, of the text messages that are not UTF-8, those that pass.
	text func(message []byte, fragments int) bool

	// careless lets a client send whatever the application asks for.
	careless bool
	// uri changes the URI that a client is to open.
	uri func(string) string
	// key makes the Sec-WebSocket-Key of a client.
	key func() string
	// head changes the opening handshake that is about to be sent: the request of
	// a client, or the answer with which a server accepts.
	head func(*head)
	// request and response misread what the peer has sent.
	request  func(*http.Request)
	response func(*Response, *DialOptions)
	// refusal changes the answer with which a server refuses, and returns its status.
	refusal func(status int, h http.Header) int
	// http changes requests in front of the parser of a Server.
	http func(*httpTap)

	// early changes what has arrived together with the opening handshake.
	early func([]byte) []byte
	// deflate changes what the endpoint itself believes to be agreed on.
	deflate func(p *DeflateParams)
	// out and in change frames on their way out and in. They are called once for
	// each connection and may keep state.
	out, in func(*tap) filter
	// wire changes the transport.
	wire func(*tap)
}

// departures are all faults that there are.
var departures = sync.OnceValue(func() []departure {
	return slices.Concat(
		handshakeFaults(), answerFaults(), repeatFaults(), requestFaults(), responseFaults(), uriFaults(), authorityFaults(),
		framingFaults(), lengthFaults(), messageFaults(), textFaults(), controlFaults(), closingFaults(), endingFaults(),
		deflateFaults(), negotiationFaults(), compressionFaults(), unagreedFaults(), wildFaults(),
	)
})

// conduct is how an endpoint with faults behaves on one connection. A nil
// *conduct is that of an honest endpoint: its methods return what they are given.
type conduct struct {
	departures []departure
	tolerated  bool // the text message that is read passes though it is not UTF-8
}

// newConduct is nil without faults.
func newConduct(side Side, ids []string) (*conduct, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := departuresOf(side, ids)
	if err != nil {
		return nil, err
	}
	return &conduct{departures: found}, nil
}

// rules are those that are left.
func (c *conduct) rules() rules {
	if c == nil {
		return rules{}
	}
	return rules{enforced: func(requirement string) bool {
		if requirement == "6455-8.1-1" && c.tolerated {
			return false
		}
		return !slices.ContainsFunc(c.departures, func(d departure) bool { return slices.Contains(d.forgives, requirement) })
	}}
}

// mind is the objection to what the application asks for, unless a fault has the
// client send it all the same.
func (c *conduct) mind(objection error) error {
	if c != nil && slices.ContainsFunc(c.departures, func(d departure) bool { return d.careless }) {
		return nil
	}
	return objection
}

func (c *conduct) uri(s string) string {
	if c != nil {
		for _, d := range c.departures {
			if d.uri != nil {
				s = d.uri(s)
			}
		}
	}
	return s
}

// key is the Sec-WebSocket-Key of the connection.
func (c *conduct) key() string {
	if c != nil {
		for _, d := range c.departures {
			if d.key != nil {
				return d.key()
			}
		}
	}
	return newKey()
}

// handshake is our part of the opening handshake as it goes out. A server's
// answers r.
func (c *conduct) handshake(b []byte, r *http.Request) []byte {
	if c == nil {
		return b
	}
	h := parseHead(b, r)
	for _, d := range c.departures {
		if d.head != nil {
			d.head(h)
		}
	}
	return h.append(nil)
}

// request is what a server with faults takes a request for.
func (c *conduct) request(r *http.Request) *http.Request {
	if c == nil {
		return r
	}
	misread := r.Clone(r.Context())
	for _, d := range c.departures {
		if d.request != nil {
			d.request(misread)
		}
	}
	return misread
}

// response lets a client with faults misread an answer.
func (c *conduct) response(resp *Response, o *DialOptions) {
	if c == nil {
		return
	}
	for _, d := range c.departures {
		if d.response != nil {
			d.response(resp, o)
		}
	}
}

// refusing is the writer of a refusal.
func (c *conduct) refusing(w http.ResponseWriter) http.ResponseWriter {
	if c == nil {
		return w
	}
	return refusalWriter{w, c}
}

// refusalWriter changes the header section of a refusal at the last moment.
type refusalWriter struct {
	http.ResponseWriter
	c *conduct
}

func (w refusalWriter) WriteHeader(status int) {
	for _, d := range w.c.departures {
		if d.refusal != nil {
			status = d.refusal(status, w.Header())
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

// connection changes what the opening handshake hands to the data framing, and
// puts a tap on the transport if a fault asks for one.
func (c *conduct) connection(nc net.Conn, cfg *connConfig) net.Conn {
	if c == nil {
		return nc
	}
	t := &tap{Conn: nc, client: cfg.client, deflated: cfg.deflate != nil}
	for _, d := range c.departures {
		if d.deflate != nil && cfg.deflate != nil {
			own := *cfg.deflate
			d.deflate(&own)
			cfg.deflate = &own
		}
		if d.early != nil {
			cfg.buffered = d.early(cfg.buffered)
		}
		if d.text != nil {
			t.in = append(t.in, t.whole(func(message []byte, n int) { c.tolerated = c.tolerated || d.text(message, n) }))
		}
		if d.in != nil {
			t.in = append(t.in, d.in(t))
		}
		if d.out != nil {
			t.out = append(t.out, d.out(t))
		}
		if d.wire != nil {
			d.wire(t)
			t.bent = true
		}
	}
	if !t.bent && len(t.in)+len(t.out) == 0 {
		return nc
	}
	switch {
	case t.octets != nil && len(cfg.buffered) > 0:
		t.arrived, cfg.buffered = t.octets(cfg.buffered), nil
	case len(t.in) > 0:
		t.arrived, cfg.buffered = cfg.buffered, nil
	}
	return t
}
