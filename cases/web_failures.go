package cases

import "time"

// webFailures are connections that fail, which a page cannot tell from each other
// (WHATWG, sections 2.2 and 4).
func webFailures() []Case {
	var list []Case
	refused := func(id, title string, about []string, edits ...Edit) {
		list = append(list, webCase("fails/"+id, title, about, append(moves(Construct()), fails()...),
			Respond(edits...), Expect(Refuse())))
	}
	for _, status := range []string{"200 OK", "204 No Content", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "500 Internal Server Error", "503 Service Unavailable"} {
		refused("status-"+status[:3], "a response with the status "+status[:3]+" gives error, and close 1006", refs("whatwg-2.2-10", "whatwg-4-9", "whatwg-4-11"),
			Status(status), Set("Content-Length", "0"))
	}
	for _, status := range []string{"301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"} {
		refused("redirect-"+status[:3], "a redirect with the status "+status[:3]+" is not followed", refs("whatwg-2.2-4", "whatwg-2.2-10"),
			Status(status), Set("Location", "ws://{host}/elsewhere"), Set("Content-Length", "0"))
	}
	refused("accept", "a wrong accept value gives error, and close 1006", refs("whatwg-2.2-12", "whatwg-4-11"),
		Set("Sec-WebSocket-Accept", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="))
	refused("extension", "an extension that is not offered gives error, and close 1006", refs("whatwg-2.2-12", "whatwg-4-11"),
		Set("Sec-WebSocket-Extensions", "x-unknown"))
	for _, p := range []struct {
		id, title string
		edits     []Edit
	}{
		{"missing", "no subprotocol where some are offered fails the connection", nil},
		{"empty", "an empty subprotocol where some are offered fails the connection", []Edit{Set("Sec-WebSocket-Protocol", "")}},
		{"other", "a subprotocol that is not offered fails the connection", []Edit{Set("Sec-WebSocket-Protocol", "soap")}},
		{"list", "several subprotocols in the response fail the connection", []Edit{Set("Sec-WebSocket-Protocol", "chat, talk")}},
	} {
		list = append(list, webCase("fails/subprotocol-"+p.id, p.title, refs("whatwg-2.2-11", "whatwg-4-11"),
			append(moves(Construct(Str(caseURL), Strs("chat", "talk"))), fails()...), Respond(p.edits...), Expect(Refuse())))
	}
	elsewhere := func(id, title, url string, about ...string) {
		list = append(list, webCase("fails/"+id, title, about, append(moves(Construct(Str(url))), fails()...)))
	}
	elsewhere("no-websocket", "a server that knows no WebSocket gives error, and close 1006", "ws://{page}/", "whatwg-4-11", "whatwg-2.2-10")
	elsewhere("no-tls", "a server without TLS gives error, and close 1006", "wss://{page}/", "whatwg-4-11", "whatwg-2.2-10")
	port := webCase("fails/bad-port", "a port of another protocol, which fetch does not connect to, gives error, and close 1006",
		refs("whatwg-2.2-1", "whatwg-4-11"),
		append(moves(Construct(Str("ws://127.0.0.1:6667/")).OrLax(PageOutcome{Throws: "SecurityError"})), fails()...))
	port.Note = "The standard once had the constructor throw SecurityError for such a port."
	policy := webCase("fails/policy", "a content security policy that forbids connections gives error, and close 1006, without a connection",
		refs("whatwg-2.2-1"), append(moves(Within("sealed"), Construct().OrLax(PageOutcome{Throws: "SecurityError"})), fails()...))
	policy.Timeout = time.Second // Chrome never gives the event close
	policy.Note = "The standard once had the constructor throw SecurityError for it."
	mixed := webCase("fails/mixed-content", "a page that came over TLS cannot open a connection without it", refs("whatwg-2.2-1", "6455-errata-5"),
		append(moves(Within("secure"), Construct(Str("ws://insecure.test:{port}/")).OrLax(PageOutcome{Throws: "SecurityError"})), fails()...))
	mixed.Note = "The standard once had the constructor throw SecurityError for it. The browser is told that insecure.test is this machine."
	return append(list, port, policy, mixed)
}
