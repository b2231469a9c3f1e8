package reference

import (
	"io"
	"net/http"
	"net/http/httputil"
)

// body is the body of a request on its way to the handler. Opening handshakes
// have none; the pages that a Server serves beside them may.
type body struct {
	io.Reader
	w        *response
	promised bool // the client waits for 100 before it sends
}

// newBody gives a request its body. The only expectation that a client may have
// of a server is to be told to go on (RFC 9110, section 10.1.1).
func newBody(w *response, in *headReader, req *http.Request) (*body, error) {
	b := &body{Reader: io.LimitReader(in, req.ContentLength), w: w}
	if expect := req.Header.Get("Expect"); expect != "" && req.ProtoAtLeast(1, 1) {
		b.promised = req.ContentLength != 0
		if !equalFold(expect, "100-continue") {
			return nil, &Refusal{Status: http.StatusExpectationFailed, Reason: "the only expectation met here is 100-continue"}
		}
	}
	if req.ContentLength < 0 {
		b.Reader = httputil.NewChunkedReader(in)
		w.close = true // what comes behind the last chunk stays in that reader
	}
	if req.ContentLength != 0 {
		req.Body = b
	}
	return b, nil
}

func (b *body) Read(p []byte) (int, error) {
	if b.promised {
		b.promised = false
		b.w.WriteHeader(http.StatusContinue)
	}
	return b.Reader.Read(p)
}

func (b *body) Close() error { return nil }

// skip reads what the handler has left unread, if it is little, and reports
// whether the next request follows.
func (b *body) skip() bool {
	if b.promised {
		return false
	}
	n, err := io.CopyN(io.Discard, b.Reader, maxHead)
	return err == io.EOF && n < maxHead
}
