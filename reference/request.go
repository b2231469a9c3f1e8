package reference

import (
	"bytes"
	"cmp"
	"net/http"
	"strconv"
	"strings"
)

// The strict side of HTTP/1.1 (RFC 9112): net/http takes bare LF, folded fields
// and more for the sake of old peers, and an opening handshake that needs such
// leniency is broken (RFC 6455, section 4.2.1).

// parseRequest reads a header section, from the request line to the empty line.
func parseRequest(r rules, head []byte) (*http.Request, error) {
	line, rest := cutLine(head)
	req, err := parseRequestLine(r, line)
	if err != nil {
		return nil, err
	}
	fields := fieldParser{rules: r, malformed: "6455-4.2.1-1"}
	if req.Header, err = fields.parse(rest); err != nil {
		return nil, err
	}
	if err := takeHost(r, req); err != nil {
		return nil, err
	}
	if err := takeFraming(r, req); err != nil {
		return nil, err
	}
	req.Body = http.NoBody
	req.Close = req.ProtoMinor == 0 || hasToken(req.Header["Connection"], "close")
	return req, nil
}

// judgeRequestLine is the startJudge of requests.
func (r rules) judgeRequestLine(line []byte, complete bool) error {
	if complete {
		text, _ := cutLine(line)
		_, err := parseRequestLine(r, text)
		return err
	}
	method, _, _ := bytes.Cut(line[:min(len(line), 32)], []byte(" "))
	method = bytes.TrimSuffix(method, []byte("\r"))
	return r.require(len(method) == tokenLen(string(method)), "6455-4.2.1-2",
		"the connection does not start with an HTTP method: %.16q", method)
}

// parseRequestLine splits the request line at its two spaces.
func parseRequestLine(r rules, line string) (*http.Request, error) {
	method, rest, _ := strings.Cut(line, " ")
	target, version, _ := strings.Cut(rest, " ")
	req := &http.Request{Method: method, RequestURI: target, Proto: version}
	if err := r.require(isToken(method), "6455-4.2.1-2", "the method %.32q is not a token", method); err != nil {
		return nil, err
	}
	if err := parseVersion(r, req); err != nil {
		return nil, err
	}
	u, err := parseTarget(r, method, target)
	req.URL = u
	return req, err
}

// parseVersion reads HTTP-name "/" DIGIT "." DIGIT, all of it case-sensitive.
// A minor version above 1 means the same as 1.1 (RFC 9110, section 6.2).
func parseVersion(r rules, req *http.Request) error {
	number, ok := strings.CutPrefix(req.Proto, "HTTP/")
	ok = ok && len(number) == 3 && isDigits(number[:1]) && number[1] == '.' && isDigits(number[2:])
	if !ok {
		req.ProtoMajor, req.ProtoMinor = 1, 1
		return r.breach("6455-4.2.1-3", "%.32q is not an HTTP version", req.Proto)
	}
	req.ProtoMajor, req.ProtoMinor = int(number[0]-'0'), int(number[2]-'0')
	return refuse(http.StatusHTTPVersionNotSupported, r.require(req.ProtoMajor == 1, "6455-4.2.1-3",
		"this connection speaks HTTP/1.1, not %s", req.Proto))
}

// takeHost moves the Host field from the header to where net/http has it. The
// authority of an absolute request target goes before it (RFC 9112, section
// 3.2.2), but does not make up for a missing or broken field.
func takeHost(r rules, req *http.Request) error {
	hosts := req.Header["Host"]
	delete(req.Header, "Host")
	if len(hosts) == 0 && req.ProtoMinor == 0 {
		req.Host = req.URL.Host
		return nil
	}
	err := cmp.Or(
		r.require(len(hosts) > 0, "9112-3.2-1", "the Host field is missing"),
		r.require(len(hosts) < 2, "9112-3.2-1", "the Host field appears %d times", len(hosts)),
	)
	if err != nil {
		return err
	}
	if len(hosts) > 0 {
		req.Host = hosts[0]
	}
	err = r.require(validAuthority(req.Host), "9112-3.2-1", "the Host field does not name a host: %.64q", req.Host)
	req.Host = cmp.Or(req.URL.Host, req.Host)
	return err
}

// takeFraming finds out whether a body follows (RFC 9112, section 6). What
// leaves room for two opinions is refused: the octets of a body that one side
// takes for frames are how requests are smuggled.
func takeFraming(r rules, req *http.Request) error {
	lengths, codings := req.Header["Content-Length"], req.Header["Transfer-Encoding"]
	err := cmp.Or(
		r.require(len(lengths) == 0 || len(codings) == 0, "9112-6-1", "Content-Length and Transfer-Encoding exclude each other"),
		r.require(len(lengths) < 2, "9112-6-1", "the Content-Length field appears %d times", len(lengths)),
		r.require(len(codings) == 0 || req.ProtoMinor > 0, "9112-6-1", "HTTP/1.0 has no Transfer-Encoding"),
	)
	if err != nil {
		return err
	}
	if len(codings) > 0 {
		delete(req.Header, "Transfer-Encoding")
		req.ContentLength, req.TransferEncoding = -1, []string{"chunked"}
		return refuse(http.StatusNotImplemented, r.require(len(codings) == 1 && equalFold(codings[0], "chunked"),
			"9112-6-1", "the only transfer coding here is chunked"))
	}
	if len(lengths) > 0 {
		n, parseErr := strconv.ParseInt(lengths[0], 10, 64)
		req.ContentLength = n
		return r.require(isDigits(lengths[0]) && parseErr == nil, "9112-6-1", "%.32q is not a Content-Length", lengths[0])
	}
	return nil
}
