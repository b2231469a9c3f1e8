package runner

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/runner/wire"
)

// A request is what a client sent as its opening handshake.
type request struct {
	head   *wire.Head
	faults []breach // what no client may do
	broken bool     // the first of them is one that a server cannot put up with
}

// judgeRequest checks what no client may do differently (RFC 6455, section 4.1).
// Behind a fault that leaves a server nothing to answer no other is looked for.
func judgeRequest(head *wire.Head) *request {
	r := &request{head: head}
	for _, check := range []func(*wire.Head) *breach{judgeRequestLine, judgeHosts, judgeTokens, judgeKey, judgeVersion, judgeBody} {
		if b := check(head); b != nil {
			r.faults, r.broken = []breach{*b}, true
			return r
		}
	}
	for _, check := range []func(*wire.Head) *breach{
		judgeGrammar, judgeTarget, judgeHostValue, judgePadding, judgeOrigin, judgeSubprotocols, judgeOffers,
	} {
		if b := check(head); b != nil {
			r.faults = append(r.faults, *b)
		}
	}
	return r
}

// target is the request-target.
func (r *request) target() string {
	_, target, _, _ := r.head.RequestLine()
	return target
}

// offers reports whether the client offers the extension.
func (r *request) offers(name string) bool {
	offered, _ := parseExtensions(r.head.Values("Sec-WebSocket-Extensions"))
	return slices.ContainsFunc(offered, func(x extension) bool { return x.name == name })
}

func judgeRequestLine(head *wire.Head) *breach {
	method, target, proto, ok := head.RequestLine()
	line := quoteText(head.StartLine)
	switch {
	case !ok:
		return &breach{"6455-4.1-18", "no HTTP request: " + line}
	case method != "GET":
		return &breach{"6455-4.1-19", "the method is not GET: " + line}
	case !isHTTPVersion(proto):
		return &breach{"6455-4.1-18", "the request line names no version of HTTP: " + line}
	case proto < "HTTP/1.1":
		return &breach{"6455-4.1-20", "the HTTP version is lower than 1.1: " + line}
	case !strings.HasPrefix(target, "/") && !isHTTPURI(target):
		return &breach{"6455-4.1-21", "the request-target is neither a path nor an http URI: " + line}
	}
	return nil
}

// isHTTPVersion reports whether s is HTTP-version (RFC 9112, section 2.3).
func isHTTPVersion(s string) bool {
	digit := func(i int) bool { return s[i] >= '0' && s[i] <= '9' }
	return len(s) == 8 && s[:5] == "HTTP/" && digit(5) && s[6] == '.' && digit(7)
}

func isHTTPURI(s string) bool {
	scheme, rest, found := strings.Cut(s, "://")
	return found && rest != "" && (wire.EqualFold(scheme, "http") || wire.EqualFold(scheme, "https"))
}

func judgeHosts(head *wire.Head) *breach {
	if n := len(head.Values("Host")); n != 1 {
		return &breach{"6455-4.1-22", fmt.Sprintf("there are %d Host fields", n)}
	}
	return nil
}

// judgeBody refuses a body, which would be taken for frames.
func judgeBody(head *wire.Head) *breach {
	if head.Has("Transfer-Encoding") {
		return &breach{"6455-4.1-18", "the request announces a body: there is a Transfer-Encoding field"}
	}
	for _, v := range head.Values("Content-Length") {
		if strings.Trim(v, "0") != "" || v == "" {
			return &breach{"6455-4.1-18", fmt.Sprintf("the request announces a body: Content-Length is %s", quoteText(v))}
		}
	}
	return nil
}

// judgeGrammar holds the request to RFC 9112. Octets outside ASCII may stand in
// the values of fields that nobody reads (RFC 9110, section 5.5).
func judgeGrammar(head *wire.Head) *breach {
	for _, o := range head.Oddities {
		if o.Kind != wire.NonASCII {
			return &breach{"6455-4.1-18", fmt.Sprintf("the request breaks the grammar of HTTP in %v", o)}
		}
	}
	return nil
}

// judgeTarget holds the request-target to what a URI may consist of (RFC 3986),
// less the fragment.
func judgeTarget(head *wire.Head) *breach {
	_, target, _, _ := head.RequestLine()
	for i := range len(target) {
		if c := target[i]; c <= ' ' || c > '~' || strings.IndexByte(`"#<>\^`+"`{|}", c) >= 0 {
			return &breach{"6455-4.1-21", fmt.Sprintf("the request-target %s holds %s, which no URI has there", quoteText(target), quoteText(target[i:i+1]))}
		}
	}
	return nil
}

// judgeHostValue holds the field to host and port (RFC 9110, section 7.2).
func judgeHostValue(head *wire.Head) *breach {
	host := head.Get("Host")
	u, err := url.Parse("ws://" + host)
	if err != nil || u.Host != host || u.Hostname() == "" || strings.ContainsAny(host, " \t") || strings.HasSuffix(host, ":") {
		return &breach{"6455-4.1-22", fmt.Sprintf("the Host field is %s, not a host with or without a port", quoteText(host))}
	}
	return nil
}

func judgeTokens(head *wire.Head) *breach {
	for _, f := range []struct{ name, token, absent, wrong string }{
		{"Upgrade", "websocket", "6455-4.1-23", "6455-4.1-24"},
		{"Connection", "Upgrade", "6455-4.1-25", "6455-4.1-26"},
	} {
		switch {
		case !head.Has(f.name):
			return &breach{f.absent, fmt.Sprintf("there is no %s field", f.name)}
		case !holdsToken(head, f.name, f.token):
			return &breach{f.wrong, fmt.Sprintf("the %s field does not hold %s: %s", f.name, f.token, quoteValues(head.Values(f.name)))}
		}
	}
	return nil
}

func judgeKey(head *wire.Head) *breach {
	switch keys := head.Values("Sec-WebSocket-Key"); {
	case len(keys) == 0:
		return &breach{"6455-4.1-27", "there is no Sec-WebSocket-Key field"}
	case len(keys) > 1:
		return &breach{"6455-11.3.1-1", fmt.Sprintf("there are %d Sec-WebSocket-Key fields", len(keys))}
	case nonceOf(head) == nil:
		return &breach{"6455-4.1-28", fmt.Sprintf("Sec-WebSocket-Key is %s, not 16 octets in base64", quoteValues(keys))}
	}
	return nil
}

// nonceOf is the decoded key; nil when it is not 16 octets in base64.
func nonceOf(head *wire.Head) []byte {
	key := head.Get("Sec-WebSocket-Key")
	nonce, err := base64.StdEncoding.DecodeString(key)
	if err != nil || len(nonce) != 16 || len(key) != 24 {
		return nil
	}
	return nonce
}

// judgePadding refuses bits in the padding, of which RFC 4648, section 3.5, asks
// an encoder to make zeros.
func judgePadding(head *wire.Head) *breach {
	key := head.Get("Sec-WebSocket-Key")
	if right := base64.StdEncoding.EncodeToString(nonceOf(head)); key != right {
		return &breach{"6455-4.1-28", fmt.Sprintf("Sec-WebSocket-Key is %s, with bits in its padding; these octets are %s in base64", quoteText(key), quoteText(right))}
	}
	return nil
}

func judgeVersion(head *wire.Head) *breach {
	switch versions := head.Values("Sec-WebSocket-Version"); {
	case len(versions) == 0:
		return &breach{"6455-4.1-33", "there is no Sec-WebSocket-Version field"}
	case len(versions) > 1:
		return &breach{"6455-11.3.5-2", fmt.Sprintf("there are %d Sec-WebSocket-Version fields", len(versions))}
	case versions[0] != "13":
		return &breach{"6455-4.1-34", fmt.Sprintf("Sec-WebSocket-Version is %s instead of 13", quoteValues(versions))}
	}
	return nil
}

// judgeOrigin holds an Origin to its serialization: scheme, host and port, several
// of them, or null (RFC 6454, section 7.1).
func judgeOrigin(head *wire.Head) *breach {
	values := head.Values("Origin")
	if len(values) > 1 {
		return &breach{"6455-4.1-31", fmt.Sprintf("there are %d Origin fields", len(values))}
	}
	for _, v := range values {
		if v == "null" {
			continue
		}
		for o := range strings.SplitSeq(v, " ") {
			if u, err := url.Parse(o); err != nil || u.Scheme == "" || u.Host == "" && isHTTPURI(o+"/") || u.User != nil || u.Scheme+"://"+u.Host != o {
				return &breach{"6455-4.1-31", fmt.Sprintf("the Origin field is %s, which is no origin", quoteText(v))}
			}
		}
	}
	return nil
}

func holdsToken(head *wire.Head, name, token string) bool {
	for _, e := range listElements(head.Values(name)) {
		if wire.EqualFold(e, token) {
			return true
		}
	}
	return false
}
