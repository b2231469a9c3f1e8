package reports

import (
	"fmt"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A trait is one thing that a run learned of the peer, in words.
type trait struct {
	name, value string
	inner       bool // it belongs to the trait above it
}

// traits are all that a run learned of a peer whose opening handshake succeeds.
// What it did not find out is left out.
func traits(f runner.Features) []trait {
	list := []trait{{name: "echo", value: yesNo(f.Echo)}}
	add := func(name, value string) {
		if value != "" {
			list = append(list, trait{name: name, value: value})
		}
	}
	add("pings", finding(f.Pings, "answered", "not answered"))
	add("messages by itself", finding(f.Pushes, "yes", "none seen"))
	add("largest message", largest(f.Messages))
	add("subprotocols", listed(f.Subprotocols, "none of the known ones"))
	add("compression", orElse(f.Deflate, "none"))
	return append(list, parameters(f.Compression)...)
}

// parameters are those of permessage-deflate.
func parameters(c *runner.Compression) []trait {
	if c == nil {
		return nil
	}
	clientBits := "asks for none"
	if c.ClientBits > 0 {
		clientBits = fmt.Sprintf("asks for %d", c.ClientBits)
	}
	list := []trait{
		{"server_no_context_takeover", agrees(c.ServerNoTakeover), true},
		{"client_no_context_takeover", agrees(c.ClientNoTakeover), true},
		{"server_max_window_bits", serverBits(c.ServerBits), true},
		{"client_max_window_bits", clientBits, true},
	}
	if c.Compresses != runner.Unknown {
		list = append(list, trait{"compresses its messages", c.Compresses.String(), true})
	}
	return list
}

func serverBits(smallest int) string {
	switch smallest {
	case 0:
		return agrees(false)
	case 15:
		return "agrees to 15 alone"
	}
	return fmt.Sprintf("agrees, down to %d", smallest)
}

// largest is how large a message may be.
func largest(m runner.MessageSize) string {
	var parts []string
	if m.Taken > 0 {
		parts = append(parts, "at least "+runner.Octets(m.Taken))
	}
	if m.Refused > 0 {
		how := fmt.Sprintf("with close %d", m.Code)
		switch m.Code {
		case 0:
			how = "with the end of TCP"
		case cases.NoCode:
			how = "with a close without a code"
		}
		parts = append(parts, fmt.Sprintf("%s is refused %s", runner.Octets(m.Refused), how))
	}
	return strings.Join(parts, "; ")
}

func finding(f runner.Finding, yes, no string) string {
	switch f {
	case runner.Yes:
		return yes
	case runner.No:
		return no
	}
	return ""
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func agrees(yes bool) string {
	if yes {
		return "agrees"
	}
	return "does not agree"
}

func listed(list []string, none string) string { return orElse(strings.Join(list, ", "), none) }

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// features writes the table of what the peer can do.
func (t *Text) features(f runner.Features) {
	if !f.Handshake {
		return
	}
	for _, one := range traits(f) {
		indent := "  "
		if one.inner {
			indent = "    "
		}
		t.printf("%-32s%s\n", indent+one.name, one.value)
	}
}
