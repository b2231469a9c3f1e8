package reference

import (
	"slices"
	"strings"
)

// uriFaults are those of a client that opens URIs which are none.
func uriFaults() []departure {
	return slices.Concat(uriPartFaults(), uriMendFaults())
}

// opening is the fault of a client that opens another URI than it was given.
func opening(id, requirement, title string, change func(string) string) departure {
	return departure{Fault: Fault{id, requirement, title, ClientSide}, uri: change}
}

// uriPartFaults are those of schemes and fragments.
func uriPartFaults() []departure {
	return []departure{
		opening("fragment-dropped", "6455-3-5", "the client opens a URI with a fragment, and leaves that out", func(s string) string {
			s, _, _ = strings.Cut(s, "#")
			return s
		}),
		opening("fragment-sent", "6455-3-5", "the client sends the fragment of a URI as a part of the path", func(s string) string {
			authority, fragment, _ := strings.Cut(s, "#")
			if strings.Count(authority, "/") == 2 {
				authority += "/"
			}
			if authority != s {
				authority += "%23" + fragment
			}
			return authority
		}),
		opening("scheme-compared-with-case", "6455-3-3", "the client knows ws and wss in small letters alone", func(s string) string {
			if scheme, rest, _ := strings.Cut(s, "://"); scheme != strings.ToLower(scheme) {
				return rest
			}
			return s
		}),
		opening("any-scheme-opened", "6455-4.1-4", "the client opens a URI of any scheme, or of none", func(s string) string {
			s = strings.TrimLeft(strings.TrimSpace(s), `/\`)
			scheme, rest, ok := strings.Cut(s, ":")
			if !ok || strings.ContainsAny(scheme, ".0123456789[") {
				rest = s
			}
			return "ws://" + strings.TrimLeft(rest, `/\`)
		}),
	}
}

// uriMendFaults are those of a client that makes something of what is no URI.
func uriMendFaults() []departure {
	return []departure{
		opening("odd-ports-mended", "6455-4.1-4", "the client reads the port of a URI as far as it is a number", func(s string) string {
			scheme, rest, _ := strings.Cut(s, "://")
			authority, path, _ := strings.Cut(rest, "/")
			host, port, _ := strings.Cut(authority, ":")
			port = strings.TrimLeft(port, "+-")
			digits := len(port) - len(strings.TrimLeft(port, "0123456789"))
			if host == "" || digits == 0 || authority == host+":"+port[:digits] {
				return s
			}
			return scheme + "://" + host + ":" + port[:digits] + "/" + path
		}),
		opening("odd-hosts-mended", "6455-4.1-4", "the client reads a host up to the first character that it must not have", func(s string) string {
			scheme, rest, _ := strings.Cut(s, "://")
			authority, path, slash := strings.Cut(rest, "/")
			if !slash {
				return s
			}
			host, port, _ := strings.Cut(authority, ":")
			if strings.HasPrefix(host, "[") && !strings.Contains(authority, "]") {
				host = host[1:]
			}
			if end := strings.IndexAny(host, " \r\n"); end >= 0 {
				host = host[:end]
			}
			return scheme + "://" + host + ":" + strings.TrimSpace(port) + "/" + path
		}),
		{
			Fault: Fault{"bad-characters-sent", "6455-4.1-18", "the client sends the characters of a URI as they are", ClientSide},
			uri:   escapeBad,
			head: target(func(s string) string {
				return strings.NewReplacer("%20", " ", "%22", `"`, "%3C", "<", "%3E", ">", "%5C", "\\", "%09", "\t", "%00", "\x00", "%7F", "\x7f", "%0A", "\n", "%0D", "\r", "%25", "%").Replace(s)
			}),
		},
	}
}

// escapeBad percent-encodes what a URI must not have, stray percent signs too.
func escapeBad(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ' || c == 0x7f || strings.IndexByte("\"<>\\", c) >= 0:
			b.WriteString(string([]byte{'%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15]}))
		case c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])):
			b.WriteString("%25")
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
