package reference

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// parseTarget reads a request target (RFC 9112, section 3.2). An opening
// handshake has a path, or an http or https URI with one (RFC 6455, section
// 4.2.1); the other two forms belong to OPTIONS and CONNECT.
func parseTarget(r rules, method, target string) (*url.URL, error) {
	switch {
	case method == http.MethodConnect:
		return &url.URL{Host: target}, r.require(validAuthority(target), "6455-4.2.1-4",
			"the request target of CONNECT is a host and a port, not %.64q", target)
	case method == http.MethodOptions && target == "*":
		return &url.URL{Path: "*"}, nil
	}
	if err := r.require(validTarget(target), "6455-4.2.1-4",
		"the request target is neither a path nor an http URI: %.64q", target); err != nil {
		return nil, err
	}
	u, err := url.ParseRequestURI(target)
	if err != nil { // only with the rule not enforced
		return &url.URL{Path: "/"}, nil
	}
	return u, nil
}

// validTarget reports whether a request target is usable as, or has in it, a
// resource name.
func validTarget(target string) bool {
	if scheme, rest, ok := strings.Cut(target, "://"); ok && !strings.HasPrefix(target, "/") {
		end := strings.IndexAny(rest, "/?")
		if end < 0 {
			end = len(rest)
		}
		return (equalFold(scheme, "http") || equalFold(scheme, "https")) &&
			validAuthority(rest[:end]) && validResource("/"+rest[end:])
	}
	return strings.HasPrefix(target, "/") && validResource(target)
}

// validResource reports whether s holds only what a path and a query may hold
// (RFC 3986, sections 3.3 and 3.4). A "#" is not among it.
func validResource(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
			i += 2
		case isUnreserved(c) || strings.IndexByte("!$&'()*+,;=:@/?", c) >= 0:
		default:
			return false
		}
	}
	return true
}

// validAuthority reports whether s is a host, perhaps with a port, as a Host
// field has it. User information is not part of it. A comma, which the URI
// grammar lets a name contain, is the trace of two fields joined into one.
func validAuthority(s string) bool {
	host, port, ok := splitAuthority(s)
	if !ok || host == "" || port != "" && !validPort(port) {
		return false
	}
	if strings.HasPrefix(host, "[") {
		return validIPLiteral(host)
	}
	for i := 0; i < len(host); i++ {
		switch c := host[i]; {
		case c == '%':
			if i+2 >= len(host) || !isHex(host[i+1]) || !isHex(host[i+2]) {
				return false
			}
			i += 2
		case isUnreserved(c) || strings.IndexByte("!$&'()*+;=", c) >= 0:
		default:
			return false
		}
	}
	return true
}

// splitAuthority cuts host:port at the colon that is not part of an IPv6
// address. The brackets of the address stay.
func splitAuthority(s string) (host, port string, ok bool) {
	if end := strings.LastIndexByte(s, ']'); strings.HasPrefix(s, "[") && end > 0 {
		host, port = s[:end+1], s[end+1:]
		if port == "" {
			return host, "", true
		}
		return host, port[1:], port[0] == ':'
	}
	host, port, _ = strings.Cut(s, ":")
	return host, port, true
}

// validPort reports whether s is a decimal number that TCP can have as a port.
func validPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0 && isDigits(s)
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= lower(c) && lower(c) <= 'f'
}

func isUnreserved(c byte) bool {
	return 'a' <= lower(c) && lower(c) <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
