package runner

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// A Field is a header field that goes with every opening handshake.
type Field struct{ Name, Value string }

// isNamed reports whether the other field has the same name.
func (f Field) isNamed(other Field) bool { return wire.EqualFold(f.Name, other.Name) }

// RequestInfo is what a target wants in every opening handshake.
type RequestInfo struct {
	Host   string  // host, with the port where it is not the scheme's own
	Port   string  // port, also where it is the scheme's own
	Secure bool    // over TLS
	Target string  // path and query
	Fields []Field // further header fields, or other values of those that each has
}

// requestBuilder makes the octets of opening handshakes, and of the answers to
// them.
type requestBuilder struct {
	info             RequestInfo
	hostname, port   string
	key              string
	chat, superchat  string
	extensions, subs string // offered besides, by an Open step
	answers          bool   // it makes responses; key is then the client's
	origin           string // of the pages that are tested; empty when none are
}

// split takes the host apart.
func (b *requestBuilder) split() {
	b.hostname, b.port = b.info.Host, b.info.Port
	if i := strings.LastIndexByte(b.info.Host, ':'); i > strings.LastIndexByte(b.info.Host, ']') {
		b.hostname, b.port = b.info.Host[:i], b.info.Host[i+1:]
	}
}

// head is a request or response on its way to octets.
type head struct {
	method, target, proto string
	status                string // of a response; empty for a request
	fields                []Field
	octets                []byte // behind the fields, as they are
	lineEnd               string
	all                   []byte // instead of everything
}

// build makes the request that the edits ask for.
func (b *requestBuilder) build(edits []cases.Edit) []byte {
	h := b.baseline()
	for _, e := range edits {
		h.edit(e, b.value(e.Value), b.expand(e.Name))
	}
	return h.bytes()
}

func (b *requestBuilder) baseline() *head {
	if b.answers {
		return &head{proto: "HTTP/1.1", status: "101 Switching Protocols", lineEnd: "\r\n", fields: []Field{
			{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Accept", acceptValue(b.key)},
		}}
	}
	h := &head{method: "GET", target: b.info.Target, proto: "HTTP/1.1", lineEnd: "\r\n"}
	h.fields = []Field{
		{"Host", b.info.Host}, {"Upgrade", "websocket"}, {"Connection", "Upgrade"},
		{"Sec-WebSocket-Key", b.key}, {"Sec-WebSocket-Version", "13"},
	}
	own := len(h.fields)
	for _, f := range b.info.Fields {
		if i := slices.IndexFunc(h.fields[:own], f.isNamed); i >= 0 {
			h.fields[i] = f
		} else {
			h.fields = append(h.fields, f)
		}
	}
	if b.extensions != "" {
		h.set("Sec-WebSocket-Extensions", b.extensions)
	}
	if b.subs != "" {
		h.set("Sec-WebSocket-Protocol", b.expand(b.subs))
	}
	return h
}

// value is the octets of an edit, with placeholders replaced in what is written
// out literally.
func (b *requestBuilder) value(p cases.Payload) string {
	var s []byte
	for _, c := range p {
		octets := cases.Payload{c}.Append(nil, 0)
		if c.Stream == 0 && c.Size == len(c.Pattern) {
			octets = []byte(b.expand(string(octets)))
		}
		s = append(s, octets...)
	}
	return string(s)
}

func (b *requestBuilder) expand(s string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	scheme := "http"
	if b.info.Secure {
		scheme = "https"
	}
	beyond := b.port
	if n, err := strconv.Atoi(b.port); err == nil {
		beyond = strconv.Itoa(n + 1<<16)
	}
	_, page, _ := strings.Cut(b.origin, "://")
	return strings.NewReplacer(
		"{origin}", b.origin, "{page}", page,
		"{port+65536}", beyond, "{host}", b.info.Host, "{hostname}", b.hostname, "{port}", b.port,
		"{scheme}", scheme, "{target}", b.info.Target, "{key}", b.key, "{accept}", acceptValue(b.key),
		"{chat}", b.chat, "{CHAT}", strings.ToUpper(b.chat), "{superchat}", b.superchat,
	).Replace(s)
}

func (h *head) edit(e cases.Edit, value, name string) {
	switch e.Op {
	case cases.SetMethod:
		h.method = value
	case cases.SetTarget:
		h.target = value
	case cases.SetProto:
		h.proto = value
	case cases.SetStatus:
		h.status = value
	case cases.SetField:
		h.set(name, value)
	case cases.AddField:
		h.fields = append(h.fields, Field{name, value})
	case cases.DropField:
		h.fields = slices.DeleteFunc(h.fields, Field{Name: name}.isNamed)
	case cases.AddOctets:
		h.octets = append(h.octets, value...)
	case cases.SetLineEnd:
		h.lineEnd = value
	case cases.Reverse:
		slices.Reverse(h.fields)
	case cases.SetAll:
		h.all = []byte(value)
	}
}

// set replaces the first field of the name in its place, or adds it.
func (h *head) set(name, value string) {
	f := Field{name, value}
	if i := slices.IndexFunc(h.fields, f.isNamed); i >= 0 {
		h.fields[i] = f
		return
	}
	h.fields = append(h.fields, f)
}

func (h *head) bytes() []byte {
	if h.all != nil {
		return h.all
	}
	var b bytes.Buffer
	if h.status != "" {
		b.WriteString(h.proto + " " + h.status + h.lineEnd)
	} else {
		b.WriteString(h.method + " " + h.target + " " + h.proto + h.lineEnd)
	}
	for _, f := range h.fields {
		b.WriteString(f.Name + ": " + f.Value + h.lineEnd)
	}
	b.Write(h.octets)
	b.WriteString(h.lineEnd)
	return b.Bytes()
}
