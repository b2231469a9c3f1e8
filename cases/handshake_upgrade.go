package cases

import "slices"

// handshakeUpgrades test the Upgrade field (RFC 6455, section 4.2.1, item 3).
func handshakeUpgrades() []Case {
	upgrade := func(value string) Request { return Baseline(Set("Upgrade", value)) }
	accepted := handshakeTable("handshake/upgrade/", refs("6455-4.2.1-6", "6455-11.2-1", "6455-errata-7", "9110-7.8-4"), handshakeOpened(),
		handshakeRow{"registered-case", "Upgrade: WebSocket is accepted", upgrade("WebSocket")},
		handshakeRow{"upper-case", "Upgrade: WEBSOCKET is accepted", upgrade("WEBSOCKET")},
		handshakeRow{"mixed-case", "Upgrade: wEbSoCkEt is accepted", upgrade("wEbSoCkEt")},
	)
	lists := handshakeNoted("RFC 6455 4.1 lets the value include other keywords; RFC 9110 7.8 lets a server ignore an Upgrade field.",
		handshakeTable("handshake/upgrade/", refs("6455-4.2.1-6", "9110-5.3-1"), handshakeOpened().OrLax(handshakeOrdinaryAnswer()),
			handshakeRow{"last-of-list", "websocket is found at the end of a list", upgrade("foo/1, websocket")},
			handshakeRow{"first-of-list", "websocket is found at the beginning of a list", upgrade("websocket, foo/1")},
			handshakeRow{"second-field", "websocket is found in the second of two Upgrade fields",
				Baseline(Set("Upgrade", "foo/1"), Add("Upgrade", "websocket"))},
		))
	refused := handshakeTable("handshake/upgrade/", refs("6455-4.2.1-6", "9110-7.8-2"), handshakeOrdinary(),
		handshakeRow{"missing", "a request without Upgrade opens no connection", Baseline(Drop("Upgrade"))},
		handshakeRow{"empty", "an empty Upgrade field opens no connection", upgrade("")},
		handshakeRow{"longer-word", "Upgrade: websockets is not websocket", upgrade("websockets")},
		handshakeRow{"shorter-word", "Upgrade: websocke is not websocket", upgrade("websocke")},
		handshakeRow{"prefixed-word", "Upgrade: xwebsocket is not websocket", upgrade("xwebsocket")},
		handshakeRow{"hyphen", "Upgrade: web-socket is not websocket", upgrade("web-socket")},
		handshakeRow{"two-words", "Upgrade: web socket is not websocket", upgrade("web socket")},
		handshakeRow{"quoted", "websocket in quotes is not websocket", upgrade(`"websocket"`)},
		handshakeRow{"h2c", "Upgrade: h2c is not websocket", upgrade("h2c")},
		handshakeRow{"tls", "Upgrade: TLS/1.0 is not websocket", upgrade("TLS/1.0")},
	)
	folded := handshakeNoted("The comparison folds the letters of ASCII alone; simple case folding of Unicode turns this into websocket.",
		handshakeTable("handshake/upgrade/", refs("6455-2.1-2", "6455-4.2.1-6"), handshakeOrdinary(),
			handshakeRow{"long-s", "U+017F in place of the letter s is not websocket", upgrade("web\u017focket")},
			handshakeRow{"kelvin-sign", "U+212A in place of the letter k is not websocket", upgrade("websoc\u212aet")},
		))
	return slices.Concat(accepted, lists, refused, folded, []Case{{
		ID:    "handshake/upgrade/with-version",
		Title: "Upgrade: websocket/13 names a protocol version that RFC 6455 does not define",
		Refs:  refs("6455-4.2.1-6"),
		Note:  "HTTP lets a protocol name have a version, and RFC 6455 says nothing of one.",
		Steps: handshakeThen(upgrade("websocket/13"), handshakeOrdinary().OrInfo(Answer(101))),
	}})
}

// handshakeConnections test the Connection field (RFC 6455, section 4.2.1, item 4).
func handshakeConnections() []Case {
	connection := func(value string) Request { return Baseline(Set("Connection", value)) }
	accepted := handshakeTable("handshake/connection/", refs("6455-4.2.1-7"), handshakeOpened(),
		handshakeRow{"lower-case", "Connection: upgrade is accepted", connection("upgrade")},
		handshakeRow{"upper-case", "Connection: UPGRADE is accepted", connection("UPGRADE")},
		handshakeRow{"last-of-list", "Upgrade is found behind keep-alive, where Firefox puts it", connection("keep-alive, Upgrade")},
		handshakeRow{"first-of-list", "Upgrade is found before keep-alive", connection("Upgrade, keep-alive")},
		handshakeRow{"no-space-in-list", "Upgrade is found in a list without spaces", connection("keep-alive,Upgrade")},
		handshakeRow{"whitespace-in-list", "Upgrade is found in a list with spaces and tabs around the comma", connection("keep-alive ,\tupgrade")},
	)
	lists := handshakeNoted("RFC 9110 5.6.1.2 has recipients ignore empty elements, and 5.3 makes several lines of a list one list; RFC 2616 does the same.",
		handshakeTable("handshake/connection/", refs("6455-4.2.1-7", "9110-5.6.1-1", "9110-5.3-1"), handshakeOpened(),
			handshakeRow{"empty-elements", "Upgrade is found between empty elements of a list", connection(", ,Upgrade,")},
			handshakeRow{"second-field", "Upgrade is found in the second of two Connection fields",
				Baseline(Set("Connection", "keep-alive"), Add("Connection", "Upgrade"))},
		))
	refused := handshakeTable("handshake/connection/", refs("6455-4.2.1-7"), handshakeOrdinary(),
		handshakeRow{"missing", "a request without Connection opens no connection", Baseline(Drop("Connection"))},
		handshakeRow{"empty", "an empty Connection field opens no connection", connection("")},
		handshakeRow{"close", "Connection: close opens no connection", connection("close")},
		handshakeRow{"keep-alive", "Connection: keep-alive opens no connection", connection("keep-alive")},
		handshakeRow{"longer-word", "Connection: Upgraded is not Upgrade", connection("Upgraded")},
		handshakeRow{"prefixed-word", "Connection: xUpgrade is not Upgrade", connection("xUpgrade")},
		handshakeRow{"hyphen", "Connection: Up-grade is not Upgrade", connection("Up-grade")},
		handshakeRow{"hyphen-behind", "Connection: keep-alive, Upgrade-Insecure is not Upgrade", connection("keep-alive, Upgrade-Insecure")},
		handshakeRow{"two-words", "Connection: keep-alive Upgrade is no list with Upgrade in it", connection("keep-alive Upgrade")},
		handshakeRow{"parameter", "Connection: Upgrade;x is not Upgrade", connection("Upgrade;x")},
	)
	return slices.Concat(accepted, lists, refused, []Case{{
		ID:    "handshake/connection/close-and-upgrade",
		Title: "a connection that was opened although close was asked for as well stays open",
		Refs:  refs("6455-4.2.1-7"),
		Note:  "Both answers are legal. To open the connection and then end TCP says two things at once.",
		Steps: steps(
			connection("close, Upgrade"),
			handshakeAny(),
			Send(Ping("open?")),
			Expect(Pong("open?")).OrLax(End()).OrLax(Closes(), End()),
		),
	}})
}
