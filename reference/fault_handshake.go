package reference

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// forgiving is the fault of not enforcing a rule.
func forgiving(side Side, id, requirement, title string, more ...string) departure {
	return departure{Fault: Fault{id, requirement, title, side}, forgives: append([]string{requirement}, more...)}
}

// misreading is the fault of a server that takes a request for another one.
func misreading(id, requirement, title string, misread func(*http.Request)) departure {
	return departure{Fault: Fault{id, requirement, title, ServerSide}, request: misread}
}

// handshakeFaults are those of a server that accepts requests that are wrong, or
// refuses requests that are right.
func handshakeFaults() []departure {
	return slices.Concat(lenientHandshakes(), strictHandshakes(), rawHandshakes())
}

func lenientHandshakes() []departure {
	const s = ServerSide
	return []departure{
		forgiving(s, "malformed-fields-accepted", "6455-4.2.1-1", "the server takes header fields that are none"),
		forgiving(s, "any-method-accepted", "6455-4.2.1-2", "the server takes an opening handshake that is not a GET"),
		forgiving(s, "any-http-version-accepted", "6455-4.2.1-3", "the server takes an opening handshake of any version of HTTP"),
		forgiving(s, "any-target-accepted", "6455-4.2.1-4", "the server takes any request target"),
		forgiving(s, "host-not-checked", "6455-4.2.1-5", "the server does not mind a missing or broken Host field", "9112-3.2-1"),
		forgiving(s, "upgrade-not-checked", "6455-4.2.1-6", "the server does not look for websocket in the Upgrade field"),
		forgiving(s, "connection-not-checked", "6455-4.2.1-7", "the server does not look for Upgrade in the Connection field"),
		forgiving(s, "key-not-checked", "6455-4.2.1-8", "the server takes any Sec-WebSocket-Key, or none", "6455-11.3.1-1"),
		forgiving(s, "version-not-checked", "6455-4.2.1-9", "the server takes any Sec-WebSocket-Version, or none", "6455-4.2.2-9", "6455-11.3.5-2"),
		forgiving(s, "draft-versions-accepted", "6455-4.4-1", "the server says 101 to every WebSocket version, and speaks 13", "6455-4.2.2-9"),
		forgiving(s, "version-twice-accepted", "6455-11.3.5-2", "the server takes the first of several Sec-WebSocket-Version fields"),
		forgiving(s, "key-twice-accepted", "6455-11.3.1-1", "the server takes the first of several Sec-WebSocket-Key fields"),
		forgiving(s, "malformed-subprotocols-accepted", "6455-4.2.1-11", "the server takes a list of subprotocols that is none"),
		forgiving(s, "malformed-extensions-accepted", "6455-4.2.1-12", "the server takes a list of extensions that is none"),
		forgiving(s, "extension-values-not-checked", "6455-4.2.1-12", "the server takes quoted values of extension parameters that are no tokens", "6455-4.3-1"),
		forgiving(s, "subprotocol-twice-accepted", "6455-4.1-37", "the server takes a subprotocol that is offered twice"),
		forgiving(s, "host-field-not-checked", "9112-3.2-1", "the server takes HTTP/1.1 without a Host field, or with several"),
		forgiving(s, "space-before-colon-accepted", "9112-5.1-1", "the server takes whitespace between the name of a field and the colon"),
		forgiving(s, "request-body-ignored", "9112-6-1", "the server takes the body of an opening handshake for frames"),
		forgiving(s, "header-section-unlimited", "6455-10.4-1", "the server sets no limit to a header section, nor to messages"),
		misreading("longer-words-accepted", "6455-4.2.1-6", "the server looks for websocket anywhere in the Upgrade field", func(r *http.Request) {
			if strings.Contains(strings.ToLower(strings.Join(r.Header["Upgrade"], ",")), "websocket") {
				r.Header.Set("Upgrade", "websocket")
			}
		}),
		misreading("connection-searched-for-upgrade", "6455-4.2.1-7", "the server looks for upgrade anywhere in the Connection field", func(r *http.Request) {
			if strings.Contains(strings.ToLower(strings.Join(r.Header["Connection"], ",")), "upgrade") {
				r.Header.Set("Connection", "Upgrade")
			}
		}),
		misreading("unicode-case-folding", "6455-2.1-2", "the server compares words with the case folding of Unicode", func(r *http.Request) {
			if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
				r.Header.Set("Upgrade", "websocket")
			}
		}),
		misreading("version-read-like-a-c-number", "6455-4.2.1-9", "the server reads a version as far as it is a number", func(r *http.Request) {
			v := strings.TrimLeft(r.Header.Get("Sec-WebSocket-Version"), " +0\v\f")
			if rest, ok := strings.CutPrefix(v, "13"); ok && (rest == "" || !isDigits(rest[:1])) {
				r.Header.Set("Sec-WebSocket-Version", "13")
			}
		}),
		misreading("key-length-alone-checked", "6455-4.2.1-8", "the server wants 24 characters of a key, whatever they are", func(r *http.Request) {
			if key := r.Header.Get("Sec-WebSocket-Key"); len(key) == 24 && len(r.Header["Sec-Websocket-Key"]) == 1 {
				r.Header.Set("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
			}
		}),
	}
}

// notWebSocket makes the honest code refuse a request.
func notWebSocket(r *http.Request) { r.Header.Del("Upgrade") }

// strictIf refuses the requests that a condition picks.
func strictIf(id, requirement, title string, wrong func(*http.Request) bool) departure {
	return misreading(id, requirement, title, func(r *http.Request) {
		if wrong(r) {
			notWebSocket(r)
		}
	})
}

func strictHandshakes() []departure {
	return slices.Concat(strictFields(), strictRequests())
}

func strictFields() []departure {
	return []departure{
		strictIf("upgrade-compared-with-case", "6455-4.2.1-6", "the server does not know WebSocket in other letters than small ones", func(r *http.Request) bool {
			return !strings.Contains(strings.Join(r.Header["Upgrade"], ","), "websocket")
		}),
		strictIf("upgrade-list-not-read", "6455-4.2.1-6", "the server does not know websocket in a list of protocols", func(r *http.Request) bool {
			return len(r.Header["Upgrade"]) != 1 || !equalFold(r.Header.Get("Upgrade"), "websocket")
		}),
		strictIf("connection-compared-with-case", "6455-4.2.1-7", "the server does not know upgrade in other letters", func(r *http.Request) bool {
			return !strings.Contains(strings.Join(r.Header["Connection"], ","), "Upgrade")
		}),
		strictIf("connection-list-not-read", "6455-4.2.1-7", "the server does not know Upgrade in a list of connection options", func(r *http.Request) bool {
			return len(r.Header["Connection"]) != 1 || !equalFold(r.Header.Get("Connection"), "upgrade")
		}),
		misreading("second-fields-ignored", "9110-5.3-1", "the server reads the first of several fields of a name alone", func(r *http.Request) {
			for name, values := range r.Header {
				r.Header[name] = values[:1]
			}
		}),
		strictIf("empty-elements-refused", "9110-5.6.1-1", "the server refuses lists with an element that is empty", func(r *http.Request) bool {
			return hasEmptyElement(r.Header["Connection"]) || hasEmptyElement(r.Header["Upgrade"]) ||
				hasEmptyElement(r.Header["Sec-Websocket-Protocol"]) || hasEmptyElement(r.Header["Sec-Websocket-Extensions"])
		}),
		strictIf("keys-with-signs-refused", "6455-4.3-3", "the server refuses keys with a plus sign or a slash", func(r *http.Request) bool {
			return strings.ContainsAny(r.Header.Get("Sec-WebSocket-Key"), "+/")
		}),
		strictIf("keys-of-zeros-refused", "6455-4.2.2-20", "the server refuses a key of zeros", func(r *http.Request) bool {
			return strings.HasPrefix(r.Header.Get("Sec-WebSocket-Key"), "AAAAAAAA")
		}),
	}
}

func strictRequests() []departure {
	return []departure{
		strictIf("unknown-fields-refused", "6455-4.2.1-13", "the server refuses requests with fields that it does not know", func(r *http.Request) bool {
			for name := range r.Header {
				switch name {
				case "Upgrade", "Connection", "Sec-Websocket-Key", "Sec-Websocket-Version", "Sec-Websocket-Protocol", "Sec-Websocket-Extensions", "Origin", "User-Agent":
				default:
					return true
				}
			}
			return false
		}),
		strictIf("absolute-target-refused", "6455-4.2.1-4", "the server does not know a request target that is a URI", func(r *http.Request) bool {
			return strings.Contains(r.RequestURI, "://") && !strings.HasPrefix(r.RequestURI, "/")
		}),
		strictIf("quoted-values-refused", "6455-4.3-1", "the server refuses offers with a quoted value", func(r *http.Request) bool {
			return strings.Contains(r.Header.Get("Sec-WebSocket-Extensions"), `"`)
		}),
		strictIf("minor-version-refused", "6455-4.2.1-3", "the server refuses HTTP/1.2 and later", func(r *http.Request) bool { return r.ProtoMinor > 1 }),
		strictIf("missing-origin-refused", "6455-4.2.2-1", "the server refuses requests without an Origin field", func(r *http.Request) bool {
			return len(r.Header["Origin"]) == 0 && len(r.Header) > 4
		}),
		strictIf("unknown-extensions-refused", "6455-9.1-9", "the server refuses requests that offer an extension which it does not know", func(r *http.Request) bool {
			list, _ := ParseExtensions(strings.Join(r.Header["Sec-Websocket-Extensions"], ","))
			return slices.ContainsFunc(list, func(e Extension) bool { return e.Name != deflateName })
		}),
		misreading("last-subprotocol-alone-read", "6455-1.9-1", "the server reads the last subprotocol of a list alone", func(r *http.Request) {
			if names, ok := parseTokens(r.Header["Sec-Websocket-Protocol"]); ok {
				r.Header["Sec-Websocket-Protocol"] = names[len(names)-1:]
			}
		}),
		misreading("first-subprotocol-alone-read", "6455-1.9-1", "the server reads the first subprotocol of a list alone", func(r *http.Request) {
			if names, ok := parseTokens(r.Header["Sec-Websocket-Protocol"]); ok {
				r.Header["Sec-Websocket-Protocol"] = names[:1]
			}
		}),
		misreading("path-lost", "6455-4.2.2-1", "the server takes every resource for another one, which is not there", func(r *http.Request) {
			r.URL = &url.URL{Path: "/"}
			notWebSocket(r)
		}),
	}
}

func hasEmptyElement(lines []string) bool {
	if len(lines) == 0 {
		return false
	}
	for element := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		if trimOWS(element) == "" {
			return true
		}
	}
	return false
}
