package runner

import (
	"fmt"
	"slices"
	"strconv"
)

const deflateName = "permessage-deflate"

// deflateParams are the agreed parameters of permessage-deflate (RFC 7692,
// section 7.1).
type deflateParams struct {
	serverNoTakeover, clientNoTakeover bool
	serverBits, clientBits             int
}

// judgeDeflate checks an accepted permessage-deflate against the offers.
func (a *answer) judgeDeflate(accepted, offered []extension) {
	var found []extension
	rival := ""
	for _, x := range accepted {
		switch {
		case x.name == deflateName:
			found = append(found, x)
		case claimsRSV1(x.name):
			rival = x.name
		}
	}
	if len(found) == 0 {
		return
	}
	if len(found) > 1 {
		a.fault("7692-5-9", "it accepts permessage-deflate %d times", len(found))
		return
	}
	if rival != "" {
		a.fault("7692-5-9", "it accepts permessage-deflate together with %q, which uses RSV1 as well", rival)
	}
	offers := slices.DeleteFunc(slices.Clone(offered), func(x extension) bool { return x.name != deflateName })
	a.judgeDeflateParams(found[0], offers)
}

func (a *answer) judgeDeflateParams(x extension, offers []extension) {
	seen := map[string]bool{}
	for _, p := range x.params {
		if seen[p.name] {
			a.fault("7692-7-1", "it answers the parameter %s more than once", p.name)
		}
		seen[p.name] = true
		switch p.name {
		case "server_no_context_takeover":
			if p.hasValue {
				a.fault("7692-7.1.1.1-2", "it answers the parameter %s with a value", p.name)
			}
		case "client_no_context_takeover":
			if p.hasValue {
				a.fault("7692-7.1.1.2-2", "it answers the parameter %s with a value", p.name)
			}
		case "server_max_window_bits":
			if !legalBits(p.value) {
				a.fault("7692-7.1.2.1-5", "it answers %s=%q, which is not a number from 8 to 15", p.name, p.value)
			}
		case "client_max_window_bits":
			if !legalBits(p.value) {
				a.fault("7692-7.1.2.2-4", "it answers %s=%q, which is not a number from 8 to 15", p.name, p.value)
			}
		default:
			a.fault("7692-7-1", "it answers the parameter %q, which permessage-deflate does not define", p.name)
		}
	}
	if len(a.faults) == 0 && len(offers) > 0 {
		a.judgeAgreement(x, offers)
	}
}

// judgeAgreement checks that an answer, which does not say what it is the answer
// to, is one to some offer that a server may accept.
func (a *answer) judgeAgreement(x extension, offers []extension) {
	var mismatch *breach
	declined := ""
	for _, offer := range offers {
		switch problem := offerProblem(offer); {
		case problem != "":
			declined = problem
		case answersOffer(x, offer) == nil:
			return
		case mismatch == nil:
			mismatch = answersOffer(x, offer)
		}
	}
	if mismatch == nil {
		mismatch = &breach{"7692-7-2", "it accepts an offer that it must decline: " + declined}
	}
	a.fault(mismatch.requirement, "%s", mismatch.detail)
}

// answersOffer checks that an answer agrees to what the offer demands; nil when
// it does.
func answersOffer(x, offer extension) *breach {
	if _, ok := offer.param("server_no_context_takeover"); ok {
		if _, ok := x.param("server_no_context_takeover"); !ok {
			return &breach{"7692-7.1.1.1-2", "it accepts an offer with server_no_context_takeover and does not answer that parameter"}
		}
	}
	if p, ok := offer.param("server_max_window_bits"); ok {
		q, answered := x.param("server_max_window_bits")
		if !answered {
			return &breach{"7692-7.1.2.1-4", fmt.Sprintf("it accepts an offer with server_max_window_bits=%s and does not answer that parameter", p.value)}
		}
		if bits(q.value, 15) > bits(p.value, 15) {
			return &breach{"7692-7.1.2.1-4", fmt.Sprintf("it answers server_max_window_bits=%s to an offer of %s", q.value, p.value)}
		}
	}
	if _, ok := offer.param("client_max_window_bits"); !ok {
		if _, ok := x.param("client_max_window_bits"); ok {
			return &breach{"7692-7.1.2.2-5", "it answers client_max_window_bits, which was not offered"}
		}
	}
	return nil
}

// legalBits reports whether the value is a window size: 8 to 15 without leading
// zeros.
func legalBits(s string) bool {
	n := bits(s, 0)
	return n >= 8 && n <= 15 && strconv.Itoa(n) == s
}

func bits(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return otherwise
	}
	return n
}

// agreedDeflate is what the answer agreed to; nil when permessage-deflate is
// not in use.
func (a *answer) agreedDeflate() *deflateParams {
	accepted, _ := parseExtensions(a.head.Values("Sec-WebSocket-Extensions"))
	for _, x := range accepted {
		if x.name == deflateName {
			return x.deflateParams()
		}
	}
	return nil
}

func (x extension) deflateParams() *deflateParams {
	d := &deflateParams{serverBits: 15, clientBits: 15}
	_, d.serverNoTakeover = x.param("server_no_context_takeover")
	_, d.clientNoTakeover = x.param("client_no_context_takeover")
	if p, ok := x.param("server_max_window_bits"); ok {
		d.serverBits = bits(p.value, 15)
	}
	if p, ok := x.param("client_max_window_bits"); ok {
		d.clientBits = bits(p.value, 15)
	}
	return d
}
