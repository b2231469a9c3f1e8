package wire

import (
	"bytes"
	"fmt"
	"strings"
)

const shownOctets = 16

// plausible tells whether a first line may be meant as that of a request or a
// response. It is generous: a line that only starts wrong is worth reading on,
// because the fields behind it tell what the peer is.
func plausible(line string) bool {
	if len(line) >= 4 && EqualFold(line[:4], "HTTP") {
		return true
	}
	word, rest := cutWord(line)
	for i := range len(word) {
		if c := lower(word[i]); (c < 'a' || c > 'z') && c != '-' && c != '_' {
			return strings.Contains(rest, "HTTP/")
		}
	}
	if word == "" {
		return strings.Contains(rest, "HTTP/")
	}
	return rest != ""
}

// foreign tells whether an unfinished first line starts with an octet that no
// text protocol has there.
func foreign(line []byte) bool {
	line = bytes.TrimLeft(line, "\r\n")
	return len(line) > 0 && (line[0] < ' ' && line[0] != '\t' || line[0] > '~')
}

// notHTTP makes the error for a stream that starts with b.
func notHTTP(b []byte) error {
	return fmt.Errorf("%w: the first octets are % x%s", ErrNotHTTP, b[:min(len(b), shownOctets)], guess(b))
}

// guess names the protocol that b looks like, for the error message alone.
func guess(b []byte) string {
	text := bytes.TrimLeft(b, "\r\n")
	switch {
	case len(b) >= 2 && b[0] == 0x15 && b[1] == 3:
		return ", a TLS alert"
	case len(b) >= 2 && b[0] >= 0x14 && b[0] <= 0x17 && b[1] == 3:
		return ", a TLS record"
	case len(b) >= 5 && b[0] == 0 && b[1] == 0 && b[3] == 4:
		return ", an HTTP/2 SETTINGS frame"
	case bytes.HasPrefix(text, []byte("SSH-")):
		return ", an SSH greeting"
	case bytes.HasPrefix(text, []byte("220")):
		return ", an SMTP or FTP greeting"
	}
	if h, _, ok := ParseHeader(b); ok && b[0] >= 0x80 {
		return fmt.Sprintf(", perhaps a WebSocket frame (%v)", h.Opcode)
	}
	return ""
}
