package reference

import (
	"cmp"
	"strconv"
)

const deflateName = "permessage-deflate"

// The largest window of DEFLATE, and the one in use when nothing is said.
const (
	minWindowBits = 8
	maxWindowBits = 15
)

// DeflateOptions say what an endpoint asks for, or puts up with, when the
// permessage-deflate extension is negotiated (RFC 7692, section 7.1). The zero
// value stands for compression with full windows and context takeover, which is
// what browsers and most servers agree on. A number of window bits between 1
// and 7 counts as 8, one above 15 as 15.
type DeflateOptions struct {
	// ServerNoContextTakeover: a server starts every message with an empty
	// window, asked or not; a client asks the server to do so.
	ServerNoContextTakeover bool
	// ClientNoContextTakeover: a server makes the client start every message with
	// an empty window; a client says that it will, asked or not.
	ClientNoContextTakeover bool
	// ServerMaxWindowBits is the base-2 logarithm of the largest window that a
	// server compresses with, or that a client is ready to hold for
	// decompression. Zero means 15, for a client without mentioning it.
	ServerMaxWindowBits int
	// ClientMaxWindowBits is the base-2 logarithm of the largest window that a
	// server is ready to hold for decompression, or that a client compresses
	// with. Zero means 15; a client then offers the parameter without a value,
	// and with a negative number it leaves the parameter out. A server with less
	// than 15 bits has to decline the offers that leave it out.
	ClientMaxWindowBits int
}

// deflateParams is one permessage-deflate element, of an offer or an answer, in
// typed form.
type deflateParams struct {
	serverNoContext, clientNoContext bool
	serverBits                       int // 0: not there
	clientBits                       int // 0: not there, noValue: there without a value
}

const noValue = -1

// negotiate answers the extension offers of a client: the first
// permessage-deflate offer that the server can live with is accepted, and
// everything else is left unanswered, which declines it. A nil o declines all.
func (o *DeflateOptions) negotiate(r rules, offers []Extension) ([]Extension, *DeflateParams) {
	if o == nil {
		return nil, nil
	}
	for _, e := range offers {
		if e.Name != deflateName {
			continue
		}
		offer, err := parseDeflate(r, "7692-7-2", e)
		if err != nil {
			continue
		}
		if answer, ok := o.accept(offer); ok {
			return []Extension{answer.extension()}, answer.agreed()
		}
	}
	return nil, nil
}

// accept makes the answer to one offer, or declines it.
func (o *DeflateOptions) accept(offer deflateParams) (answer deflateParams, ok bool) {
	answer.serverNoContext = o.ServerNoContextTakeover || offer.serverNoContext
	answer.clientNoContext = o.ClientNoContextTakeover || offer.clientNoContext
	server, client := clampBits(o.ServerMaxWindowBits), clampBits(o.ClientMaxWindowBits)
	if offer.serverBits != 0 || server < maxWindowBits {
		answer.serverBits = min(server, clampBits(offer.serverBits))
	}
	switch {
	case offer.clientBits > 0:
		answer.clientBits = min(client, offer.clientBits)
	case client == maxWindowBits:
	case offer.clientBits == noValue:
		answer.clientBits = client
	default: // the client cannot be limited (section 7.1.2.2)
		return deflateParams{}, false
	}
	return answer, true
}

// clampBits brings a configured number of window bits into range, zero and
// less meaning the full window.
func clampBits(n int) int {
	if n <= 0 {
		return maxWindowBits
	}
	return max(minWindowBits, min(n, maxWindowBits))
}

// agreed returns what an answer means to the data framing.
func (p deflateParams) agreed() *DeflateParams {
	return &DeflateParams{
		ServerNoContextTakeover: p.serverNoContext,
		ClientNoContextTakeover: p.clientNoContext,
		ServerMaxWindowBits:     clampBits(p.serverBits),
		ClientMaxWindowBits:     clampBits(p.clientBits),
	}
}

// extension writes the element; parseDeflate reads it back.
func (p deflateParams) extension() Extension {
	e := Extension{Name: deflateName}
	flag := func(name string, set bool) {
		if set {
			e.Params = append(e.Params, Param{Name: name})
		}
	}
	bits := func(name string, n int) {
		if n > 0 {
			e.Params = append(e.Params, Param{Name: name, Value: strconv.Itoa(n), HasValue: true})
		}
	}
	flag("server_no_context_takeover", p.serverNoContext)
	flag("client_no_context_takeover", p.clientNoContext)
	bits("server_max_window_bits", p.serverBits)
	bits("client_max_window_bits", p.clientBits)
	flag("client_max_window_bits", p.clientBits == noValue)
	return e
}

// parseDeflate checks the parameters of a permessage-deflate element. The
// requirement is the one that a defect breaks: 7692-7-2 in an offer, 7692-7-4 in
// an answer. Only an offer may have client_max_window_bits without a value.
func parseDeflate(r rules, requirement string, e Extension) (deflateParams, error) {
	var p deflateParams
	seen := make(map[string]bool, 4)
	for _, param := range e.Params {
		if seen[param.Name] {
			if err := r.breach(requirement, "%s appears more than once", param.Name); err != nil {
				return p, err
			}
		}
		var ok bool
		switch param.Name {
		case "server_no_context_takeover":
			p.serverNoContext, ok = true, !param.HasValue
		case "client_no_context_takeover":
			p.clientNoContext, ok = true, !param.HasValue
		case "server_max_window_bits":
			p.serverBits, ok = parseWindowBits(param)
		case "client_max_window_bits":
			p.clientBits, ok = parseWindowBits(param)
			if !param.HasValue {
				p.clientBits, ok = noValue, requirement == "7692-7-2"
			}
		default:
			if err := r.breach(requirement, "%s has no parameter %s", deflateName, param.Name); err != nil {
				return p, err
			}
			continue // before seen grows with what the peer makes up
		}
		seen[param.Name] = true
		if !ok {
			if err := r.breach(requirement, "%s in %s has an invalid value", param.Name, deflateName); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

// parseWindowBits reads a decimal number from 8 to 15 without leading zeros.
func parseWindowBits(p Param) (bits int, ok bool) {
	n, err := strconv.ParseUint(p.Value, 10, 8)
	if err != nil || n < minWindowBits || n > maxWindowBits || p.Value[0] == '0' {
		return maxWindowBits, false
	}
	return int(n), true
}

// offer is the element with which a client asks for these options.
func (o DeflateOptions) offer() deflateParams {
	p := deflateParams{
		serverNoContext: o.ServerNoContextTakeover,
		clientNoContext: o.ClientNoContextTakeover,
	}
	if o.ServerMaxWindowBits > 0 {
		p.serverBits = clampBits(o.ServerMaxWindowBits)
	}
	switch {
	case o.ClientMaxWindowBits == 0:
		p.clientBits = noValue
	case o.ClientMaxWindowBits > 0:
		p.clientBits = clampBits(o.ClientMaxWindowBits)
	}
	return p
}

// settle checks the server's answer against the offers of the client. The
// answer does not say which offer it belongs to, so one that fits is enough.
func settle(r rules, offers []DeflateOptions, e Extension) (*DeflateParams, error) {
	answer, err := parseDeflate(r, "7692-7-4", e)
	if err != nil {
		return nil, err
	}
	err = r.breach("7692-5-15", "%s was not offered", deflateName)
	for _, o := range offers {
		if err = answer.fits(r, o.offer()); err == nil {
			return answer.within(o.offer()).agreed(), nil
		}
	}
	if err != nil {
		return nil, err
	}
	return answer.agreed(), nil
}

// fits checks an answer against one offer.
func (p deflateParams) fits(r rules, offer deflateParams) error {
	return cmp.Or(
		r.require(p.serverNoContext || !offer.serverNoContext, "7692-7.1.1.1-2",
			"server_no_context_takeover was asked for and is not in the answer"),
		r.require(offer.serverBits == 0 || 0 < p.serverBits && p.serverBits <= offer.serverBits, "7692-7.1.2.1-4",
			"server_max_window_bits=%d was asked for and the answer stands for %d", offer.serverBits, clampBits(p.serverBits)),
		r.require(p.clientBits == 0 || offer.clientBits != 0, "7692-7.1.2.2-5",
			"the answer has client_max_window_bits, which was not offered"),
	)
}

// within narrows an answer by what the offer said the client does in any case.
func (p deflateParams) within(offer deflateParams) deflateParams {
	p.clientNoContext = p.clientNoContext || offer.clientNoContext
	p.clientBits = min(clampBits(p.clientBits), clampBits(offer.clientBits))
	return p
}
