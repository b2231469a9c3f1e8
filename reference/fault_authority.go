package reference

import (
	"net/url"
	"strconv"
	"strings"
)

// carried is the query parameter in which a client with faults keeps what its URI
// says in the place of host and port, until its request is made.
const carried = "carried-authority="

// authorityFaults are those of a client that does not take the authority of a URI
// apart as section 3 of RFC 6455 does.
func authorityFaults() []departure {
	return []departure{
		{
			Fault: Fault{"authority-sent-as-it-is", "6455-4.1-22", "the Host field is whatever stands before the path of the URI", ClientSide},
			uri:   carryAuthority,
			head: func(h *head) {
				target(func(s string) string {
					before, value, ok := strings.Cut(s, carried)
					if !ok {
						return s
					}
					if authority, err := url.QueryUnescape(value); err == nil {
						h.set("Host", authority)
					}
					return before[:len(before)-1]
				})(h)
			},
		},
		{
			Fault: Fault{"port-in-16-bits", "6455-4.1-4", "the client reads the port of a URI into 16 bits", ClientSide},
			uri:   portIn16Bits,
		},
		{
			Fault: Fault{"missing-host-is-localhost", "6455-4.1-4", "the client opens a URI without a host on its own machine", ClientSide},
			uri:   func(s string) string { return strings.Replace(s, "ws://:", "ws://127.0.0.1:", 1) },
		},
	}
}

// portIn16Bits cuts a port that is too large down to 16 bits.
func portIn16Bits(s string) string {
	scheme, rest, _ := strings.Cut(s, "://")
	authority, path, _ := strings.Cut(rest, "/")
	host, port, _ := strings.Cut(authority, ":")
	n, err := strconv.ParseUint(port, 10, 64)
	if err != nil || n <= 0xffff {
		return s
	}
	return scheme + "://" + host + ":" + strconv.FormatUint(n&0xffff, 10) + "/" + path
}

// carryAuthority makes a URI that can be opened of one with more in its authority
// than host and port, and keeps the whole for later.
func carryAuthority(s string) string {
	scheme, rest, _ := strings.Cut(s, "://")
	authority, path, _ := strings.Cut(rest, "/")
	host := authority[strings.LastIndex(authority, "@")+1:]
	host, _, _ = strings.Cut(host, "\r")
	if host == authority {
		return s
	}
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return scheme + "://" + host + "/" + path + separator + carried + url.QueryEscape(authority)
}
