package cases

import (
	"strings"
	"time"
)

// deflateSeveralOffers are lists of several offers (RFC 7692, section 5).
func deflateSeveralOffers() []Case {
	const fallback = "The standard does not oblige a server to accept any offer; one that supports the second and declines both, since the first is wrong, is lax."
	several := func(id, title, note string, request Request, e Expectation, requirements ...string) Case {
		return Case{
			ID: "deflate/offers/" + id, Title: title, Refs: requirements, Needs: needs(Deflate), Note: note, Steps: handshakeThen(request, e),
		}
	}
	second := func(id, title string, request Request) Case {
		return several(id, title, fallback, request,
			Expect(Answer(101).Has(extensionField)).OrLax(Answer(101).Without(extensionField)).OrLax(handshakeRefusal()),
			"7692-7-3", "7692-7-2", "7692-5-2")
	}
	either := func(id, title string, request Request, requirements ...string) Case {
		return several(id, title, deflateDeclineNote, request, deflateAccepted(), requirements...)
	}
	return []Case{
		second("unknown-parameter-first", "behind an offer with an unknown parameter a right one is accepted",
			extensionOffer("permessage-deflate; foo, permessage-deflate")),
		second("bad-value-first", "behind an offer with a value out of range a right one is accepted",
			extensionOffer("permessage-deflate; server_max_window_bits=99, permessage-deflate; client_max_window_bits")),
		second("repeated-parameter-first", "behind an offer with a repeated parameter a right one is accepted",
			extensionOffer("permessage-deflate; client_max_window_bits; client_max_window_bits=10, permessage-deflate; client_max_window_bits")),
		second("on-two-lines", "behind an offer with an unknown parameter a right one in a second field is accepted",
			Baseline(Set(extensionField, "permessage-deflate; foo"), Add(extensionField, "permessage-deflate"))),
		second("bad-second", "before an offer with an unknown parameter a right one is accepted",
			extensionOffer("permessage-deflate, permessage-deflate; foo")),
		either("small-window-first", "of an offer with server_max_window_bits and one without, one alone is accepted",
			extensionOffer("permessage-deflate; server_max_window_bits=10, permessage-deflate"), "7692-5-3", "7692-5-2", "6455-9.1-8", "7692-7.1.2.1-4"),
		either("sample", "the offer with a fallback that the standard prints is answered",
			extensionOffer("permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate; client_max_window_bits"),
			"7692-5-8", "7692-5-2", "7692-7.1.2.1-4"),
		either("no-takeover-first", "of an offer with server_no_context_takeover and one without, one alone is accepted",
			extensionOffer("permessage-deflate; server_no_context_takeover, permessage-deflate"), "7692-5-3", "7692-5-2", "7692-7.1.1.1-2"),
		either("on-two-lines-different", "of two offers in two fields, one alone is accepted",
			Baseline(Set(extensionField, "permessage-deflate; server_max_window_bits=10"), Add(extensionField, "permessage-deflate")),
			"6455-9.1-3", "7692-5-2", "7692-7.1.2.1-4"),
		either("three-times", "of three equal offers one is accepted",
			extensionOffer("permessage-deflate, permessage-deflate, permessage-deflate"), "7692-5-9", "7692-5-2"),
		either("different-hints", "of two offers with different hints, one alone is accepted",
			extensionOffer("permessage-deflate; client_max_window_bits=9, permessage-deflate; client_no_context_takeover"),
			"7692-5-8", "7692-5-2", "7692-7.1.2.2-5"),
	}
}

// deflateRivals are offers of extensions that cannot be in use together, since
// each marks its messages, or frames, with RSV1.
func deflateRivals() []Case {
	var list []Case
	for _, names := range [][]string{
		{"permessage-deflate", "permessage-bzip2", "x-webkit-deflate-frame"},
		{"permessage-deflate", "x-webkit-deflate-frame", "permessage-bzip2"},
		{"permessage-bzip2", "permessage-deflate", "x-webkit-deflate-frame"},
		{"permessage-bzip2", "x-webkit-deflate-frame", "permessage-deflate"},
		{"x-webkit-deflate-frame", "permessage-deflate", "permessage-bzip2"},
		{"x-webkit-deflate-frame", "permessage-bzip2", "permessage-deflate"},
	} {
		short := strings.NewReplacer("permessage-", "", "x-webkit-deflate-frame", "webkit").Replace(strings.Join(names, "-"))
		list = append(list, Case{
			ID:    "deflate/rivals/" + short,
			Title: "of " + strings.Join(names, ", ") + ", each of which uses RSV1, one at most is accepted",
			Refs:  refs("7692-5-9", "7692-5-11", "6455-9.1-4"),
			Needs: needs(Deflate),
			Note:  extensionUnregistered,
			Steps: handshakeThen(extensionOffer(strings.Join(names, ", ")),
				deflateAccepted().OrLax(handshakeRefusal())),
		})
	}
	return append(list, Case{
		ID:    "deflate/rivals/bzip2-alone",
		Title: "a compression extension that the server does not have is declined",
		Refs:  refs("7692-5-13", "6455-9.1-4"),
		Note:  "No document defines it, so that no server can know it; section 9.1 of RFC 6455 has nobody use a name that is not registered. " + extensionUnregistered,
		Steps: handshakeThen(extensionOffer("permessage-bzip2"), extensionDeclined().OrLax(handshakeRefusal())),
	})
}

// deflateManyOffers are offers that take a careless server far longer than their
// size.
func deflateManyOffers() []Case {
	many := func(id, title string, value Payload) Case {
		return Case{
			ID: "deflate/offers/" + id, Title: title, Refs: refs("6455-10.4-1", "7692-5-2"), Level: Should, // no standard sets a time
			Timeout: 2 * time.Second,
			Note:    "A server may have a limit for the size of the request, and refuse it.",
			Steps: handshakeThen(Baseline(SetOf(extensionField, value)),
				Expect(Answer(101).Has(extensionField)).Or(Answer(101).Without(extensionField)).Or(handshakeRefusal()).Or(End())),
		}
	}
	return []Case{
		many("1000-equal", "1000 equal offers are answered at once", Fill("permessage-deflate, ", 20*1000-2)),
		many("300-equal", "300 equal offers, which most limits let pass, are answered at once", Fill("permessage-deflate, ", 20*300-2)),
		many("100-bad", "100 offers that must be declined, before a right one, are answered at once",
			Join(Fill("permessage-deflate; client_max_window_bits=99, ", 47*100), Lit("permessage-deflate"))),
		{
			ID:    "deflate/bad-offer/300-parameters",
			Title: "an offer with 300 times the same parameter is declined at once",
			Refs:  refs("7692-7-2", "6455-10.4-1"), Timeout: 2 * time.Second,
			Steps: handshakeThen(Baseline(SetOf(extensionField, Join(Lit("permessage-deflate"), Fill("; client_max_window_bits", 24*300)))),
				extensionDeclined().Or(handshakeRefusal()).Or(End())),
		},
	}
}
