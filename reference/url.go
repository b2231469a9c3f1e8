package reference

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// A wsURL is a WebSocket URI taken apart (RFC 6455, section 3).
type wsURL struct {
	secure   bool
	host     string // ASCII; an IPv6 address without its brackets
	port     string // never empty
	resource string // path and query, as the request target has them
}

// parseURL reads a ws or wss URI. Characters beyond ASCII are encoded (section
// 11.1), everything else that the grammar lacks is an error: a fragment, user
// information (put credentials into the Authorization header field instead), a
// space, a control character or a stray percent sign.
func parseURL(s string) (wsURL, error) {
	u, err := splitURL(s)
	if err != nil {
		return wsURL{}, fmt.Errorf("WebSocket URI %.128q: %w (RFC 6455, section 3)", s, err)
	}
	return u, nil
}

func splitURL(s string) (wsURL, error) {
	var u wsURL
	scheme, rest, ok := strings.Cut(s, "://")
	u.secure = equalFold(scheme, "wss")
	if !ok || !u.secure && !equalFold(scheme, "ws") {
		return u, fmt.Errorf("it does not start with ws:// or wss://")
	}
	if strings.Contains(rest, "#") {
		return u, fmt.Errorf("it has a fragment")
	}
	if !utf8.ValidString(s) {
		return u, fmt.Errorf("it is not UTF-8")
	}
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	if err := u.setAuthority(rest[:end]); err != nil {
		return u, err
	}
	u.resource = escapeNonASCII(rest[end:])
	if path, query, _ := strings.Cut(u.resource, "?"); query == "" {
		u.resource = path // a lone "?" is not part of a resource name
	}
	if !strings.HasPrefix(u.resource, "/") {
		u.resource = "/" + u.resource
	}
	if !validResource(u.resource) {
		return u, fmt.Errorf("its path or query has a character that has to be percent-encoded")
	}
	return u, nil
}

// setAuthority reads host and port.
func (u *wsURL) setAuthority(s string) error {
	if strings.Contains(s, "@") {
		return fmt.Errorf("it has user information")
	}
	host, port, ok := splitAuthority(s)
	if !ok || port != "" && !validPort(port) {
		return fmt.Errorf("its port is not a number from 1 to 65535")
	}
	u.port = port
	if port == "" {
		u.port = u.defaultPort()
	}
	if strings.HasPrefix(host, "[") {
		u.host = strings.Trim(host, "[]")
		if !validIPLiteral(host) {
			return fmt.Errorf("its IPv6 address is invalid")
		}
		return nil
	}
	if !isASCII(host) { // only then: IDNA refuses names that DNS takes, such as a_b
		var err error
		if host, err = idna.Lookup.ToASCII(host); err != nil {
			return fmt.Errorf("its host name is invalid: %w", err)
		}
	}
	u.host = host
	if !validAuthority(host) {
		return fmt.Errorf("its host name is invalid")
	}
	return nil
}

func (u *wsURL) defaultPort() string {
	if u.secure {
		return "443"
	}
	return "80"
}

// hostField is the value of the Host field: the port only when it is not the
// default one (RFC 6455, section 4.1).
func (u *wsURL) hostField() string {
	host := u.host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if u.port == u.defaultPort() {
		return host
	}
	return host + ":" + u.port
}

// validIPLiteral reports whether s is an IPv6 address in brackets. A zone means
// something on one machine only and is not part of a URI here.
func validIPLiteral(s string) bool {
	inner, ok := strings.CutPrefix(s, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	addr, err := netip.ParseAddr(inner)
	return ok && closed && err == nil && addr.Is6() && addr.Zone() == ""
}

// escapeNonASCII percent-encodes what is beyond ASCII.
func escapeNonASCII(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
