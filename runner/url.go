package runner

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseURL reads a WebSocket URI (RFC 6455, section 3). Errors do not repeat
// what may hold credentials.
func parseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		var detail *url.Error
		if errors.As(err, &detail) {
			err = detail.Err
		}
		return nil, fmt.Errorf("not a URL: %w", err)
	}
	shown := u.Redacted()
	switch {
	case u.Scheme == "http" || u.Scheme == "https":
		return nil, fmt.Errorf("%q is no WebSocket URL: write %s instead of %s", shown, "ws"+strings.TrimPrefix(u.Scheme, "http"), u.Scheme)
	case u.Scheme != "ws" && u.Scheme != "wss":
		return nil, fmt.Errorf("%q is no WebSocket URL: it must begin with ws:// or wss://", shown)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%q names no host", shown)
	case strings.ContainsFunc(u.Hostname(), func(r rune) bool { return r >= utf8.RuneSelf }):
		return nil, fmt.Errorf("the host of %q is not in ASCII: write its form that begins with xn--", shown)
	case u.Fragment != "" || strings.Contains(raw, "#"):
		return nil, fmt.Errorf("%q has a fragment, which a WebSocket URL must not have (RFC 6455 3)", shown)
	case u.User != nil:
		return nil, fmt.Errorf("%q holds credentials: give them as a header field, --header 'Authorization: ...'", shown)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, fmt.Errorf("%q has no port to connect to: %s is not within 1 and 65535", shown, port)
		}
	}
	return u, nil
}

// defaultPort is the port of a URL that names none (RFC 6455, section 3).
func defaultPort(u *url.URL) string {
	if u.Scheme == "wss" {
		return "443"
	}
	return "80"
}

// portOf is the port to connect to.
func portOf(u *url.URL) string {
	if u.Port() == "" {
		return defaultPort(u)
	}
	return u.Port()
}

// hostOf is the value of the Host field: with the port when that is not the
// scheme's own (RFC 6455, section 4.1), and without the zone of an IPv6 address,
// which is of no use to anybody else (RFC 6874, section 4).
func hostOf(u *url.URL) string {
	host, _, _ := strings.Cut(u.Hostname(), "%")
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := portOf(u); port != defaultPort(u) {
		host += ":" + port
	}
	return host
}

// resourceOf is the path and query, with what cannot stand in a request line
// escaped.
func resourceOf(u *url.URL) string {
	var b strings.Builder
	for _, c := range []byte(u.RequestURI()) {
		if c <= ' ' || c > '~' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
