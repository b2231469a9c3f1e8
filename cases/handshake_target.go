package cases

import "slices"

// handshakeTargets test the request-target, which must lead to a resource name
// (RFC 6455, section 4.2.1, item 1).
func handshakeTargets() []Case {
	return slices.Concat(handshakeTargetForms(), handshakeTargetsRefused(), handshakeTargetsTolerated(), handshakeTargetsFree())
}

// handshakeTargetForms are absolute URIs.
func handshakeTargetForms() []Case {
	const note = "RFC 9112 3.2.2 has every server accept the absolute form. A refusal is only lax, because the scheme fits the " +
		"connection or not by whether it uses TLS."
	accepted := handshakeNoted(note, handshakeTable("handshake/target/", refs("6455-4.2.1-4"), handshakeOpened().OrLax(handshakeOrdinaryAnswer()),
		handshakeRow{"absolute-http", "a target in absolute form with the scheme http is accepted", Baseline(Target("http://{host}{target}"))},
		handshakeRow{"absolute-http-upper-case", "the scheme of a target in absolute form is read without regard to case",
			Baseline(Target("HTTP://{host}{target}"))},
	))
	free := handshakeTable("handshake/target/", refs("6455-4.2.1-4", "6455-4.2.2-10"), handshakeAny(),
		handshakeRow{"absolute-https", "a target in absolute form with the scheme https is answered", Baseline(Target("https://{host}{target}"))},
		handshakeRow{"absolute-other-host", "an absolute target on a host that Host does not name is answered",
			Baseline(Target("http://other.example{target}"))},
		handshakeRow{"absolute-against-host", "a Host field that differs from an absolute target is answered",
			Baseline(Target("http://{host}{target}"), Set("Host", "other.example"))},
	)
	tolerated := handshakeNoted("RFC 6455 4.1 has clients send an http or https URI, and says of the server only how it should read one.",
		asShould(handshakeTable("handshake/target/", refs("6455-4.2.1-4"), handshakeTolerated(),
			handshakeRow{"absolute-ws", "a target in absolute form with the scheme ws is refused", Baseline(Target("ws://{host}{target}"))},
			handshakeRow{"absolute-wss", "a target in absolute form with the scheme wss is refused", Baseline(Target("wss://{host}{target}"))},
		)))
	return slices.Concat(accepted, free, tolerated)
}

// handshakeTargetsRefused are targets from which no resource name can be read.
func handshakeTargetsRefused() []Case {
	return handshakeTable("handshake/target/", refs("6455-4.2.1-1", "6455-4.2.1-4"), Expect(Refuse(301, 4, 501, 505)),
		handshakeRow{"empty", "an empty target is refused", Baseline(Target(""))},
		handshakeRow{"no-slash", "a target that does not begin with a slash is refused", Baseline(Target("chat"))},
		handshakeRow{"query-alone", "a target that is a query alone is refused", Baseline(Target("?x=1"))},
		handshakeRow{"space", "a target with a space in it is refused", Baseline(Target("{target} x"))},
		handshakeRow{"nul", "a target with a NUL in it is refused", Baseline(Target("{target}\x00"))},
	)
}

// handshakeTargetsTolerated are targets that the grammar forbids and from which
// a resource name can be read all the same.
func handshakeTargetsTolerated() []Case {
	list := handshakeTable("handshake/target/", refs("6455-4.2.1-1", "6455-4.2.1-4"), Expect(Refuse(301, 4, 501, 505)).OrLax(Answer(101)),
		handshakeRow{"asterisk", "the target * of a GET is refused", Baseline(Target("*"))},
		handshakeRow{"fragment", "a target with a fragment is refused", Baseline(Target("{target}#part"))},
		handshakeRow{"del", "a target with a DEL in it is refused", Baseline(Target("{target}\x7f"))},
		handshakeRow{"not-ascii", "a target with octets beyond ASCII is refused", Baseline(Target("{target}caf\xc3\xa9"))},
	)
	for i := range list {
		list[i].Level = Should
		list[i].Note = "RFC 9112 3.2 asks by a SHOULD to refuse an invalid request line; many HTTP servers pass on what they can make sense of."
	}
	return list
}

// handshakeTargetsFree are legal targets that the server may know or not.
func handshakeTargetsFree() []Case {
	list := handshakeTable("handshake/target/", refs("6455-4.2.1-4", "6455-4.2.2-10"), handshakeAny(),
		handshakeRow{"two-slashes", "a target that begins with two slashes is answered", Baseline(Target("//other.example{target}"))},
		handshakeRow{"dot-segments", "a target with escaped dot segments is answered", Baseline(Target("/%2e%2e/%2e%2e{target}"))},
		handshakeRow{"escaped-nul", "a target with an escaped NUL is answered", Baseline(Target("/%00{target}"))},
		handshakeRow{"broken-escape", "a target with a broken escape is answered", Baseline(Target("/%zz{target}"))},
	)
	return append(list, Case{
		ID:    "handshake/target/query-of-2000-octets",
		Title: "a query of 2000 octets is no reason to refuse a connection",
		Refs:  refs("6455-4.2.1-4"),
		Level: Should,
		Note:  "RFC 9110 4.1 recommends that at least 8000 octets be supported.",
		Steps: handshakeThen(Baseline(Edit{Op: SetTarget, Value: Join(Lit("{target}"), Lit("?"), Fill("x", 2000))}),
			handshakeOpened().OrLax(handshakeOrdinaryAnswer())),
	})
}
