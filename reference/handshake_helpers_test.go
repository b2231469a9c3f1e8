package reference

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
)

// requirementOf names the requirement that an error says was broken, or is
// empty when the error is nil.
func requirementOf(err error) string {
	if v, ok := errors.AsType[*Violation](err); ok {
		return v.Requirement
	}
	if err != nil {
		return "no violation: " + err.Error()
	}
	return ""
}

// readBody returns the body of a response that the caller has read in full.
func readBody(resp *http.Response) string {
	b, _ := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(b))
	return string(b)
}

func newReader(r io.Reader) *bufio.Reader { return bufio.NewReader(r) }
