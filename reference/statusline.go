package reference

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// A Response is what a server has answered to an opening handshake.
type Response struct {
	Proto      string // such as "HTTP/1.1"
	StatusCode int
	Reason     string // the reason phrase, which means nothing
	Header     http.Header
	Body       []byte // of a refusal: its beginning, at most 4 KiB
}

// parseResponse reads a header section, from the status line to the empty line.
func parseResponse(r rules, head []byte) (*Response, error) {
	line, rest := cutLine(head)
	resp, err := parseStatusLine(r, line)
	if err != nil {
		return nil, err
	}
	// A user agent undoes folded lines instead of refusing them (RFC 9112, section 5.2).
	fields := fieldParser{rules: r, malformed: "6455-4.1-49", unfold: true}
	resp.Header, err = fields.parse(rest)
	return resp, err
}

// parseStatusLine reads HTTP-version SP 3DIGIT SP [reason-phrase].
func parseStatusLine(r rules, line string) (*Response, error) {
	version, rest, _ := strings.Cut(line, " ")
	status, reason, hasReason := strings.Cut(rest, " ")
	resp := &Response{Proto: version, Reason: reason}
	resp.StatusCode, _ = strconv.Atoi(status)
	digits := len(status) == 3 && isDigits(status)
	if err := r.require(digits && hasReason && isFieldValue(reason), "6455-4.1-49", "%.64q is not a status line", line); err != nil {
		return nil, err
	}
	minor, ok := strings.CutPrefix(version, "HTTP/1.")
	return resp, r.require(ok && len(minor) == 1 && isDigits(minor), "6455-4.1-49",
		"the answer is not in HTTP/1.1: %.64q", line)
}

// judgeStatusLine is the startJudge of answers.
func (r rules) judgeStatusLine(line []byte, complete bool) error {
	if complete {
		text, _ := cutLine(line)
		_, err := parseStatusLine(r, text)
		return err
	}
	const start = "HTTP/1."
	n := min(len(line), len(start))
	return r.require(bytes.Equal(line[:n], []byte(start[:n])), "6455-4.1-49",
		"the answer does not start like HTTP/1.1: %.16q", line)
}

// String returns the status line.
func (resp *Response) String() string {
	return fmt.Sprintf("%s %03d %s", resp.Proto, resp.StatusCode, resp.Reason)
}
