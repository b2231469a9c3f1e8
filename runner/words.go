package runner

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

const quotedOctets = 40 // octets of a payload that a sentence quotes

// quote shows octets of a payload of the given size, cut and never raw.
func quote(b []byte, size uint64) string {
	q := quoteOctets(beginning(b, quotedOctets))
	switch {
	case size == uint64(len(b)) && size <= quotedOctets:
		return q
	case len(b) == 0:
		return fmt.Sprintf("of %d octets", size)
	}
	return fmt.Sprintf("%s... (%d octets)", q, size)
}

// beginning is the first n octets of b, less those of a character that would be
// cut: it would look invalid.
func beginning(b []byte, n int) []byte {
	if len(b) <= n {
		return b
	}
	for i := n - 1; i >= max(0, n-utf8.UTFMax+1); i-- {
		if r, size := utf8.DecodeRune(b[i:]); r != utf8.RuneError && i+size > n {
			return b[:i]
		}
	}
	return b[:n]
}

// quoteOctets quotes octets: text as text when a terminal can show it, and all
// else as escapes.
func quoteOctets(b []byte) string { return strconv.Quote(string(b)) }

// closeWords shows a status code.
func closeWords(code uint16) string {
	if code == cases.NoCode {
		return "close without a code"
	}
	return fmt.Sprintf("close %d", code)
}

// frameWords says what a frame means. The payload is unmasked and may be cut.
func frameWords(h wire.Header, payload []byte) string {
	var s strings.Builder
	s.WriteString(h.Opcode.String())
	size := h.Length
	switch {
	case h.Opcode == wire.Close && len(payload) >= 2:
		fmt.Fprintf(&s, " %d", uint16(payload[0])<<8|uint16(payload[1]))
		if size > 2 {
			s.WriteString(" " + quote(payload[2:], size-2))
		}
	case size > 0:
		s.WriteString(" " + quote(payload, size))
	}
	for _, flag := range []struct {
		set  bool
		word string
	}{
		{!h.FIN, "FIN 0"}, {h.RSV&4 != 0, "RSV1"}, {h.RSV&2 != 0, "RSV2"}, {h.RSV&1 != 0, "RSV3"},
		{h.Masked, "masked"}, {!h.MinimalForm(), h.Form.String() + " length"},
	} {
		if flag.set {
			s.WriteString(", " + flag.word)
		}
	}
	return s.String()
}

// quoteText quotes text of the peer.
func quoteText(s string) string { return quote([]byte(s), uint64(len(s))) }

// gotWords tells what the peer did.
func gotWords(seen []observation, opened bool) string {
	var parts []string
	for i := 0; i < len(seen); i++ {
		o := seen[i]
		n := 1
		for i+1 < len(seen) && seen[i+1].kind == o.kind && o.kind == gotPong {
			i, n = i+1, n+1
		}
		if n > 3 {
			parts = append(parts, fmt.Sprintf("%d pongs", n))
			continue
		}
		for k := range n {
			if w := observationWords(seen[i-n+1+k], opened, len(parts) > 0); w != "" {
				parts = append(parts, w)
			}
		}
	}
	if len(parts) > 8 {
		parts = append(parts[:7], fmt.Sprintf("%d more", len(parts)-7), parts[len(parts)-1])
	}
	return strings.Join(parts, ", then ")
}

func observationWords(o observation, opened, after bool) string {
	if o.words != "" {
		return o.words
	}
	switch o.kind {
	case gotMessage:
		return fmt.Sprintf("%s %s", wire.Opcode(o.opcode), quote(o.payload, uint64(o.size)))
	case gotPong:
		if o.size == 0 {
			return "pong"
		}
		return "pong " + quote(o.payload, uint64(o.size))
	case gotClose:
		if o.size > 0 {
			return closeWords(o.code) + " " + quote(o.payload, uint64(o.size))
		}
		return closeWords(o.code)
	case gotEnd:
		if o.reset {
			return "end of TCP (RST)"
		}
		return "end of TCP (FIN)"
	case gotAnswer:
		return o.answer.words()
	case gotRequest:
		return o.request.words()
	case gotProbe:
		return "a pong to a ping sent after the frames"
	case gotBreach:
		return o.breach.detail
	case gotFlood:
		return "more octets than anything expected could have"
	case gotDeadline:
		switch {
		case after:
			return "nothing more, and TCP stays open"
		case !opened:
			return "no HTTP response in time"
		}
		return "nothing, and TCP stays open"
	}
	return ""
}
