package reference

import (
	"bytes"
	"net"
	"slices"
	"strings"
)

// An httpTap changes what arrives until the header section of the first request
// is whole. It stands before the parser of a Server, where no single handler can.
type httpTap struct {
	net.Conn
	change func(*httpTap)
	raw    []byte // all that has arrived
	head   []byte // the same, for change to make something else of
	reads  int    // that it took
	passed bool   // the parser has got it

	swallows bool // nothing that arrives is passed on
	skipsLF  bool // one that arrives next belongs to the head
	ready    []byte
}

// transport puts the taps of a Server with faults on a connection.
func (c *conduct) transport(nc net.Conn) net.Conn {
	if c == nil {
		return nc
	}
	for _, d := range c.departures {
		if d.http != nil {
			nc = &httpTap{Conn: nc, change: d.http}
		}
	}
	return nc
}

func (t *httpTap) Read(p []byte) (int, error) {
	for len(t.ready) == 0 {
		if t.passed && !t.skipsLF {
			return t.Conn.Read(p)
		}
		b := make([]byte, 4096)
		n, err := t.Conn.Read(b)
		if n == 0 {
			return 0, err
		}
		t.arrive(b[:n])
	}
	n := copy(p, t.ready)
	t.ready = t.ready[n:]
	return n, nil
}

// arrive has what came so far changed anew, so that no change hangs on how the
// octets were cut on their way.
func (t *httpTap) arrive(b []byte) {
	if t.skipsLF {
		t.skipsLF = false
		t.ready = bytes.TrimPrefix(b, []byte("\n"))
		return
	}
	t.reads++
	t.raw = append(t.raw, b...)
	t.head = bytes.Clone(t.raw)
	t.change(t)
	switch {
	case t.swallows:
		t.raw = t.raw[:min(len(t.raw), maxHead)]
	case bytes.Contains(t.head, []byte("\r\n\r\n")) || len(t.head) > maxHead:
		t.ready, t.head, t.raw, t.passed = t.head, nil, nil, true
	}
}

// whole reports whether an empty line has arrived, however its end is written.
func (t *httpTap) whole() bool {
	return slices.ContainsFunc([]string{"\n\n", "\n\r\n", "\n\r\r\n"}, func(end string) bool { return bytes.Contains(t.raw, []byte(end)) })
}

func (t *httpTap) CloseWrite() error {
	if half, ok := t.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return net.ErrClosed
}

// field is the value of a field of the request.
func (t *httpTap) field(name string) string {
	_, rest, ok := strings.Cut(string(t.head), "\r\n"+name+": ")
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, "\r\n")
	return value
}

// spoil makes a request that the parser refuses, and ends it.
func (t *httpTap) spoil() { t.head = []byte("GET / HTTP/1.1\r\n\r\n") }

// rawHandshakes are the faults of a parser of HTTP.
func rawHandshakes() []departure {
	return slices.Concat(strictParsers(), lenientParsers())
}

func strictParsers() []departure {
	raw := func(id, requirement, title string, change func(*httpTap)) departure {
		return departure{Fault: Fault{id, requirement, title, ServerSide}, http: change}
	}
	return []departure{
		raw("request-in-one-segment", "6455-4.2.2-1", "the server takes what its first read returns for the whole request", func(t *httpTap) {
			if t.reads == 1 && !bytes.Contains(t.head, []byte("\r\n\r\n")) {
				t.spoil()
			}
		}),
		raw("octets-behind-request-lost", "6455-6.2-1", "the server throws away what arrives together with the request", func(t *httpTap) {
			if end := bytes.Index(t.head, []byte("\r\n\r\n")); end >= 0 {
				t.head = t.head[:end+4]
			}
		}),
		raw("field-names-compared-with-case", "6455-4.1-50", "the server knows the names of header fields in one spelling alone", func(t *httpTap) {
			for _, name := range []string{"Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Host"} {
				if !bytes.Contains(t.head, []byte(name+":")) && bytes.Contains(bytes.ToLower(t.head), []byte(strings.ToLower(name)+":")) {
					t.spoil()
				}
			}
		}),
		raw("order-of-fields-matters", "6455-1.3-1", "the server wants the Host field first and Sec-WebSocket-Version last", func(t *httpTap) {
			head := string(t.head)
			host, upgrade, connection := strings.Index(head, "\nHost:"), strings.Index(head, "\nUpgrade:"), strings.Index(head, "\nConnection:")
			key, version := strings.Index(head, "\nSec-WebSocket-Key:"), strings.Index(head, "\nSec-WebSocket-Version:")
			if min(upgrade, connection, key, version) > 0 && !(host < upgrade && upgrade < connection && connection < key && key < version) {
				t.spoil()
			}
		}),
		raw("space-behind-colon-needed", "6455-4.2.1-9", "the server wants exactly one space behind the colon of a field", func(t *httpTap) {
			for _, name := range []string{"Sec-WebSocket-Key:", "Sec-WebSocket-Version:", "Upgrade:", "Connection:"} {
				at := bytes.Index(t.head, []byte(name))
				if at < 0 {
					continue
				}
				line, _, whole := bytes.Cut(t.head[at+len(name):], []byte("\r\n"))
				if whole && (!bytes.HasPrefix(line, []byte(" ")) || bytes.HasPrefix(line, []byte("  ")) || bytes.ContainsAny(line, "\t") || bytes.HasSuffix(line, []byte(" "))) {
					t.spoil()
				}
			}
		}),
		raw("empty-line-before-request-refused", "9112-2.2-3", "the server refuses an empty line before the request", func(t *httpTap) {
			if bytes.HasPrefix(t.head, []byte("\r\n")) {
				t.spoil()
			}
		}),
		raw("small-header-buffer", "6455-4.2.1-13", "the server refuses header sections of more than 1 KiB", func(t *httpTap) {
			if len(t.head) > 1024 {
				t.spoil()
			}
		}),
	}
}

func lenientParsers() []departure {
	raw := func(id, requirement, title string, change func(*httpTap)) departure {
		return departure{Fault: Fault{id, requirement, title, ServerSide}, http: change}
	}
	return []departure{
		raw("lenient-request-line", "6455-4.2.1-1", "the server skips superfluous whitespace in the request line", func(t *httpTap) {
			line, rest, _ := bytes.Cut(t.head, []byte("\r\n"))
			if words := bytes.Fields(line); len(words) == 3 && len(rest) > 0 {
				t.head = append(append(bytes.Join(words, []byte(" ")), "\r\n"...), rest...)
			}
		}),
		raw("carriage-return-ends-line", "9112-2.2-2", "the server takes CR for the end of a line, with LF behind it or without", func(t *httpTap) {
			s := strings.NewReplacer("\r\r\n", "\n", "\r\n", "\n", "\r", "\n").Replace(string(t.head))
			t.head = []byte(strings.ReplaceAll(s, "\n", "\r\n"))
			t.skipsLF = bytes.HasSuffix(t.raw, []byte("\n\r")) && bytes.HasSuffix(t.head, []byte("\r\n\r\n"))
		}),
		raw("anything-upgraded", "6455-1.6-2", "the server answers 101 to whatever arrives", func(t *httpTap) {
			http := bytes.HasPrefix([]byte("GET "), t.head[:min(4, len(t.head))])
			if (t.whole() || !http) && !bytes.Contains(bytes.ToLower(t.head), []byte("upgrade: websocket")) {
				t.head = []byte("GET / HTTP/1.1\r\nHost: any\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
					"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
			}
		}),
		raw("odd-request-not-answered", "6455-10.1-1", "the server hangs on requests that are out of the ordinary", func(t *httpTap) {
			line, fields, _ := strings.Cut(string(t.head), "\r\n")
			odd := func(r rune) bool { return r < ' ' && r != '\r' && r != '\n' || r > '~' }
			folded := strings.HasPrefix(fields, " ") || strings.Contains(fields, "\n ") || strings.Contains(fields, "\n\t")
			bareCR := strings.Contains(strings.ReplaceAll(string(t.head), "\r\n", ""), "\r")
			host := t.field("Host")
			t.swallows = t.whole() && (strings.ContainsFunc(string(t.head), odd) || folded || bareCR || len(t.head) > 32<<10 ||
				strings.HasPrefix(line, "CONNECT") || strings.Contains(line, "%zz") || len(host) > 64 || host != "" && !validAuthority(host))
		}),
		raw("folded-lines-joined", "6455-4.2.1-8", "the server joins folded lines without a space", func(t *httpTap) {
			t.head = []byte(strings.NewReplacer("\r\n ", "", "\r\n\t", "").Replace(string(t.head)))
		}),
		raw("space-before-first-field-skipped", "9112-2.2-4", "the server takes a first field line that begins with whitespace for a field", func(t *httpTap) {
			line, rest, ok := bytes.Cut(t.head, []byte("\r\n"))
			if ok {
				t.head = append(append(bytes.Clone(line), "\r\n"...), bytes.TrimLeft(rest, " \t")...)
			}
		}),
		raw("control-characters-skipped", "6455-4.2.1-1", "the server skips control characters in the request", skipControls),
		raw("octets-behind-request-cut", "6455-6.2-1", "the server loses the last octet of what arrives together with the request", func(t *httpTap) {
			if end := bytes.Index(t.head, []byte("\r\n\r\n")); end >= 0 && end+4 < len(t.head) {
				t.head = t.head[:len(t.head)-1]
			}
		}),
	}
}

// skipControls takes the control characters out of a header section.
func skipControls(t *httpTap) {
	head, rest, ok := bytes.Cut(t.head, []byte("\r\n\r\n"))
	if !ok {
		return
	}
	head = bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\r' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, head)
	t.head = append(append(append([]byte{}, head...), "\r\n\r\n"...), rest...)
}
