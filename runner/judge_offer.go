package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/runner/wire"
)

// judgeSubprotocols checks the list of subprotocols that a client offers: tokens,
// each once (RFC 6455, section 4.1).
func judgeSubprotocols(head *wire.Head) *breach {
	seen := map[string]bool{}
	for _, v := range head.Values("Sec-WebSocket-Protocol") {
		for e := range strings.SplitSeq(v, ",") {
			e = strings.Trim(e, " \t")
			switch {
			case e == "":
				return &breach{"6455-4.1-38", fmt.Sprintf("the list in Sec-WebSocket-Protocol has an element without a name: %s", quoteText(v))}
			case !isToken(e):
				return &breach{"6455-4.1-36", fmt.Sprintf("it offers the subprotocol %s, which is no token", quoteText(e))}
			case seen[e]:
				return &breach{"6455-4.1-37", fmt.Sprintf("it offers the subprotocol %s more than once", quoteText(e))}
			}
			seen[e] = true
		}
	}
	return nil
}

func isToken(s string) bool {
	for i := range len(s) {
		if !isTokenOctet(s[i]) {
			return false
		}
	}
	return s != ""
}

// judgeOffers checks the extensions that a client offers (RFC 6455, section 9.1),
// and the parameters of permessage-deflate (RFC 7692, section 7.1).
func judgeOffers(head *wire.Head) *breach {
	values := head.Values("Sec-WebSocket-Extensions")
	if len(values) == 0 {
		return nil
	}
	offers, err := parseExtensions(values)
	switch {
	case errors.Is(err, errNoToken):
		return &breach{"6455-9.1-2", fmt.Sprintf("it offers extensions with a value that is no token: %v", err)}
	case err != nil:
		return &breach{"6455-9.1-1", fmt.Sprintf("Sec-WebSocket-Extensions breaks the grammar: %v", err)}
	}
	for _, x := range offers {
		if x.name != deflateName {
			continue
		}
		if b := judgeOffer(x); b != nil {
			return b
		}
	}
	return nil
}

// makes reports whether the client makes the offer, however it is spelt. What
// does not parse cannot be compared.
func (r *request) makes(offer string) bool {
	if _, err := parseExtensions([]string{offer}); err != nil {
		return true
	}
	return sameExtensions(r.head.Values("Sec-WebSocket-Extensions"), []string{offer})
}

// sameExtensions reports whether two lists mean the same: the order of parameters
// has no meaning (RFC 6455, section 9.1), and whitespace and quotes have none.
func sameExtensions(a, b []string) bool {
	first, errA := parseExtensions(a)
	second, errB := parseExtensions(b)
	return errA == nil && errB == nil && slices.EqualFunc(first, second, func(x, y extension) bool {
		byName := func(p, q param) int { return strings.Compare(p.name, q.name) }
		return x.name == y.name && slices.Equal(slices.SortedStableFunc(slices.Values(x.params), byName), slices.SortedStableFunc(slices.Values(y.params), byName))
	})
}

func judgeOffer(x extension) *breach {
	seen := map[string]bool{}
	for _, p := range x.params {
		value := p.name
		if p.hasValue {
			value += "=" + quoteText(p.value)
		}
		rule := ""
		switch p.name {
		case "server_no_context_takeover":
			rule = unless(!p.hasValue, "7692-7.1.1.1-1")
		case "client_no_context_takeover":
			rule = unless(!p.hasValue, "7692-7.1.1.2-1")
		case "server_max_window_bits":
			rule = unless(legalBits(p.value), "7692-7.1.2.1-2")
		case "client_max_window_bits":
			rule = unless(!p.hasValue || legalBits(p.value), "7692-7.1.2.2-2")
		default:
			return &breach{"6455-9.1-5", fmt.Sprintf("it offers permessage-deflate with the parameter %s, which is not defined", quoteText(p.name))}
		}
		switch {
		case rule != "":
			return &breach{rule, fmt.Sprintf("it offers permessage-deflate with %s, which has another form", value)}
		case seen[p.name]:
			return &breach{"7692-7-1", fmt.Sprintf("it offers permessage-deflate with the parameter %s more than once", p.name)}
		}
		seen[p.name] = true
	}
	return nil
}

func unless(right bool, rule string) string {
	if right {
		return ""
	}
	return rule
}
