package reference

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// examine checks an opening handshake against every rule for it and returns
// what it asks for. It works on a parsed request, so that it serves net/http as
// well as the strict front door. The order is that of usefulness to the author
// of a client: what makes a request no opening handshake at all comes first.
func examine(r rules, req *http.Request) (*Request, error) {
	err := cmp.Or(
		checkMethod(r, req),
		checkMessage(r, req),
		checkUpgrade(r, req),
		checkVersion(r, req.Header["Sec-Websocket-Version"]),
		checkKey(r, req.Header["Sec-Websocket-Key"]),
	)
	if err != nil {
		return nil, err
	}
	hs := &Request{Request: req, key: req.Header.Get("Sec-WebSocket-Key")}
	if hs.Subprotocols, err = checkSubprotocols(r, req.Header["Sec-Websocket-Protocol"]); err != nil {
		return nil, err
	}
	if hs.Extensions, err = checkExtensions(r, req.Header["Sec-Websocket-Extensions"]); err != nil {
		return nil, err
	}
	return hs, nil
}

func checkMethod(r rules, req *http.Request) error {
	return cmp.Or(
		refuse(http.StatusMethodNotAllowed, r.require(req.Method == http.MethodGet, "6455-4.2.1-2",
			"the opening handshake is a GET, not %.32q", req.Method)),
		refuse(http.StatusHTTPVersionNotSupported, r.require(req.ProtoMajor <= 1, "6455-4.2.1-3",
			"the opening handshake with an Upgrade field belongs to HTTP/1.1, not %s", req.Proto)),
		refuse(http.StatusUpgradeRequired, r.require(req.ProtoAtLeast(1, 1), "6455-4.2.1-3",
			"%s has no upgrade, the opening handshake needs HTTP/1.1", req.Proto)),
	)
}

// checkMessage repeats what the strict parser has seen to already and net/http
// has not, and refuses a body: nobody would agree where the frames begin.
func checkMessage(r rules, req *http.Request) error {
	return cmp.Or(
		r.require(req.RequestURI == "" || validTarget(req.RequestURI), "6455-4.2.1-4",
			"the request target is neither a path nor an http URI: %.64q", req.RequestURI),
		r.require(validAuthority(req.Host), "9112-3.2-1", "the Host field does not name a host: %.64q", req.Host),
		r.require(req.ContentLength == 0 && len(req.TransferEncoding) == 0, "9112-6-1",
			"an opening handshake has no body"),
	)
}

func checkUpgrade(r rules, req *http.Request) error {
	return cmp.Or(
		refuse(http.StatusUpgradeRequired, r.require(hasToken(req.Header["Upgrade"], "websocket"), "6455-4.2.1-6",
			"the Upgrade field does not name websocket")),
		refuse(http.StatusUpgradeRequired, r.require(hasToken(req.Header["Connection"], "upgrade"), "6455-4.2.1-7",
			"the Connection field does not have the Upgrade option")),
	)
}

// checkVersion comes before the key, which other versions define otherwise.
func checkVersion(r rules, values []string) error {
	version := first(values)
	n, err := strconv.ParseUint(version, 10, 8)
	valid := err == nil && (len(version) == 1 || version[0] != '0')
	return cmp.Or(
		r.require(len(values) > 0, "6455-4.2.1-9", "the Sec-WebSocket-Version field is missing"),
		r.require(len(values) < 2, "6455-11.3.5-2", "the Sec-WebSocket-Version field appears %d times", len(values)),
		r.require(valid, "6455-4.2.1-9", "%.32q is not a WebSocket version", version),
		refuse(http.StatusUpgradeRequired, r.require(!valid || n == 13, "6455-4.2.2-9",
			"WebSocket version %s is not supported, 13 is", version)),
	)
}

func checkKey(r rules, values []string) error {
	return cmp.Or(
		r.require(len(values) > 0, "6455-4.2.1-8", "the Sec-WebSocket-Key field is missing"),
		r.require(len(values) < 2, "6455-11.3.1-1", "the Sec-WebSocket-Key field appears %d times", len(values)),
		r.require(validKey(first(values)), "6455-4.2.1-8", "the Sec-WebSocket-Key is not 16 octets in base64"),
	)
}

// first returns the value of a field that may appear once.
func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// validKey reports whether s is base64 of 16 octets. The pad bits may be
// anything: the sample key in the text of RFC 6455 had some set (erratum 3150).
func validKey(s string) bool {
	if len(s) != 24 || strings.ContainsAny(s, "\r\n") { // which the decoder skips
		return false
	}
	var nonce [18]byte
	n, err := base64.StdEncoding.Decode(nonce[:], []byte(s))
	return err == nil && n == 16
}

// checkOrigin is the server's own wish rather than a rule for the request.
func checkOrigin(r rules, req *http.Request, allowed []string) error {
	origins := req.Header["Origin"]
	if len(allowed) == 0 || len(origins) == 0 {
		return nil
	}
	known := len(origins) == 1 && slices.ContainsFunc(allowed, func(o string) bool { return equalFold(o, origins[0]) })
	return refuse(http.StatusForbidden, r.require(known, "6455-4.2.2-7",
		"pages of this origin may not connect: %.128q", strings.Join(origins, ", ")))
}

// checkSubprotocols reads the offered subprotocols; no field at all is legal, a
// field without a name is not.
func checkSubprotocols(r rules, lines []string) ([]string, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	names, ok := parseTokens(lines)
	if !ok {
		return nil, r.breach("6455-4.2.1-11", "the Sec-WebSocket-Protocol field is not a list of tokens")
	}
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		if seen[name] {
			if err := r.breach("6455-4.1-37", "the subprotocol %.64q is offered twice", name); err != nil {
				return nil, err
			}
		}
		seen[name] = true
	}
	return names, nil
}

// checkExtensions reads the offered extensions. A quoted value that is no token
// spoils the handshake, unless it belongs to permessage-deflate: RFC 7692,
// section 7, has the server decline an offer with an invalid value, and the
// connection then works without compression.
func checkExtensions(r rules, lines []string) ([]Extension, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	list, err := ParseExtensions(strings.Join(lines, ","))
	if err != nil {
		return nil, r.breach("6455-4.2.1-12", "the Sec-WebSocket-Extensions field is malformed: %v", err)
	}
	for _, e := range list {
		if e.Name == deflateName {
			continue
		}
		if err := checkValues(r, e); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// checkValues holds the values of an extension's parameters to being tokens once
// they are unquoted.
func checkValues(r rules, e Extension) error {
	i := slices.IndexFunc(e.Params, func(p Param) bool { return !p.IsToken() })
	if i < 0 {
		return nil
	}
	return r.breach("6455-4.3-1", "the value of parameter %.64q of extension %.64q is not a token", e.Params[i].Name, e.Name)
}
