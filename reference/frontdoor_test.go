package reference

import (
	"strings"
	"testing"
)

// verdicts are opening handshakes and the status that they get: at the strict
// front door and behind net/http, where 0 stands for what net/http decides in
// its own way.
var verdicts = []struct {
	name            string
	request         string
	strict, netHTTP int
}{
	{"baseline", baseline(), 101, 101},
	{"key with + and /", baseline("Sec-WebSocket-Key: +/+/+/+/+/+/+/+/+/+/+w=="), 101, 101},
	{"POST", strings.Replace(baseline(), "GET", "POST", 1), 405, 405},
	{"HEAD", strings.Replace(baseline(), "GET", "HEAD", 1), 405, 405},
	{"OPTIONS", strings.Replace(baseline(), "GET", "OPTIONS", 1), 405, 405},
	{"TRACE", strings.Replace(baseline(), "GET", "TRACE", 1), 405, 405},
	{"CONNECT with a path", strings.Replace(baseline(), "GET", "CONNECT", 1), 400, 405},
	{"unknown method", strings.Replace(baseline(), "GET", "FOO", 1), 405, 405},
	{"lower-case method", strings.Replace(baseline(), "GET", "get", 1), 405, 405},
	{"two spaces", strings.Replace(baseline(), "GET ", "GET  ", 1), 400, 400},
	{"tab", strings.Replace(baseline(), "GET ", "GET\t", 1), 400, 400},
	{"HTTP/1.0", strings.Replace(baseline(), "HTTP/1.1", "HTTP/1.0", 1), 426, 426},
	{"HTTP/1.2", strings.Replace(baseline(), "HTTP/1.1", "HTTP/1.2", 1), 101, 0},
	{"HTTP/2.0", strings.Replace(baseline(), "HTTP/1.1", "HTTP/2.0", 1), 505, 505},
	{"HTTP/3", strings.Replace(baseline(), "HTTP/1.1", "HTTP/3", 1), 400, 400},
	{"http/1.1", strings.Replace(baseline(), "HTTP/1.1", "http/1.1", 1), 400, 400},
	{"no Host", baseline("Host:-"), 400, 400},
	{"empty Host", baseline("Host:"), 400, 400},
	{"Host with a space", baseline("Host: a b"), 400, 400},
	{"Host with a comma", baseline("Host: a,b"), 400, 400},
	{"Host with a bad port", baseline("Host: a:99999"), 400, 400},
	{"Host with user information", baseline("Host: user@h"), 400, 400},
	{"two Hosts", baseline("+Host: evil.test"), 400, 400},
	{"absolute target", strings.Replace(baseline(), "/echo", "http://example.com/echo", 1), 101, 101},
	{"https target", strings.Replace(baseline(), "/echo", "https://example.com/echo", 1), 101, 101},
	{"ws target", strings.Replace(baseline(), "/echo", "ws://example.com/echo", 1), 400, 400},
	{"relative target", strings.Replace(baseline(), "/echo", "echo", 1), 400, 400},
	{"fragment", strings.Replace(baseline(), "/echo", "/echo?#f", 1), 400, 400},
	{"query", strings.Replace(baseline(), "/echo", "/echo?x="+long('a', 2000), 1), 101, 101},
	{"query beyond ASCII", strings.Replace(baseline(), "/echo", "/echo?caf\xc3\xa9", 1), 400, 400},
	{"no Upgrade", baseline("Upgrade:-"), 426, 426},
	{"empty Upgrade", baseline("Upgrade:"), 426, 426},
	{"Upgrade: websockets", baseline("Upgrade: websockets"), 426, 426},
	{"Upgrade: h2c", baseline("Upgrade: h2c"), 426, 426},
	{"quoted Upgrade", baseline("Upgrade: \"websocket\""), 426, 426},
	{"Upgrade: WEBSOCKET", baseline("Upgrade: WEBSOCKET"), 101, 101},
	{"Upgrade list", baseline("Upgrade: h2c, websocket"), 101, 101},
	{"two Upgrades", baseline("+Upgrade: h2c"), 101, 101},
	{"Upgrade with a long s", baseline("Upgrade: web\u017focket"), 426, 426},
	{"no Connection", baseline("Connection:-"), 426, 426},
	{"Connection: keep-alive", baseline("Connection: keep-alive"), 426, 426},
	{"Connection: xUpgrade", baseline("Connection: xUpgrade"), 426, 426},
	{"Connection list", baseline("Connection: keep-alive ,\tupgrade"), 101, 101},
	{"Connection with empty elements", baseline("Connection: , ,Upgrade,"), 101, 101},
	{"two Connections", baseline("+Connection: keep-alive"), 101, 101},
	{"close and Upgrade", baseline("Connection: close, Upgrade"), 101, 101},
	{"no key", baseline("Sec-WebSocket-Key:-"), 400, 400},
	{"empty key", baseline("Sec-WebSocket-Key:"), 400, 400},
	{"key of 15 octets", baseline("Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4P"), 400, 400},
	{"key of 17 octets", baseline("Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEBE="), 400, 400},
	{"key of 18 octets", baseline("Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEBES"), 400, 400},
	{"key without padding", baseline("Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA"), 400, 400},
	{"key in the URL alphabet", baseline("Sec-WebSocket-Key: -_-_-_-_-_-_-_-_-_-_-w=="), 400, 400},
	{"key with garbage", baseline("Sec-WebSocket-Key: " + sampleKey + "x"), 400, 400},
	{"key with a space", baseline("Sec-WebSocket-Key: dGhlIHNhbXBs ZSBub25jZQ=="), 400, 400},
	{"key of 8 KiB", baseline("Sec-WebSocket-Key: " + long('A', 8<<10)), 400, 400},
	{"key of 64 KiB", baseline("Sec-WebSocket-Key: " + long('A', 64<<10)), 431, 0},
	{"key with pad bits", baseline("Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC=="), 101, 101},
	{"two keys", baseline("+Sec-WebSocket-Key: " + sampleKey), 400, 400},
	{"joined keys", baseline("Sec-WebSocket-Key: " + sampleKey + ", " + sampleKey), 400, 400},
	{"no version", baseline("Sec-WebSocket-Version:-"), 400, 400},
	{"version 8", baseline("Sec-WebSocket-Version: 8"), 426, 426},
	{"version 14", baseline("Sec-WebSocket-Version: 14"), 426, 426},
	{"version 255", baseline("Sec-WebSocket-Version: 255"), 426, 426},
	{"version 256", baseline("Sec-WebSocket-Version: 256"), 400, 400},
	{"version 013", baseline("Sec-WebSocket-Version: 013"), 400, 400},
	{"version +13", baseline("Sec-WebSocket-Version: +13"), 400, 400},
	{"version 13.0", baseline("Sec-WebSocket-Version: 13.0"), 400, 400},
	{"version list", baseline("Sec-WebSocket-Version: 13, 8"), 400, 400},
	{"two versions", baseline("+Sec-WebSocket-Version: 13"), 400, 400},
	{"version with spaces", baseline("Sec-WebSocket-Version: \t13 "), 101, 101},
	{"lower-case names", strings.Replace(strings.ToLower(baseline("Sec-WebSocket-Key:-")), "get /echo http/1.1\r\n", "GET /echo HTTP/1.1\r\nsec-websocket-key: "+sampleKey+"\r\n", 1), 101, 101},
	{"unknown fields", baseline("Cookie: a=b", "Sec-WebSocket-Foo: bar", "X-Empty:", "X-Text: \xe9"), 101, 101},
	{"1000 fields", baseline("X: " + strings.Repeat("a\r\nX: ", 1000)), 431, 0},
	{"10000 fields", baseline("X: " + strings.Repeat("a\r\nX: ", 10000)), 431, 0},
	{"field of 8 KiB", baseline("X: " + long('a', 8<<10)), 101, 101},
	{"field of 1 MiB", baseline("X: " + long('a', 1<<20)), 431, 0},
	{"request line of 64 KiB", strings.Replace(baseline(), "/echo", "/echo?"+long('a', 64<<10), 1), 431, 0},
	{"folded Connection", baseline("Connection: keep-alive,\r\n Upgrade"), 400, 0},
	{"space before the colon", strings.Replace(baseline(), "Upgrade:", "Upgrade :", 1), 400, 400},
	{"LF", strings.ReplaceAll(baseline(), "\r\n", "\n"), 400, 0},
	{"CR", strings.ReplaceAll(baseline(), "\r\n", "\r"), 400, 0},
	{"CR CR LF", strings.ReplaceAll(baseline(), "\r\n", "\r\r\n"), 400, 0},
	{"NUL in a value", baseline("X: a\x00b"), 400, 400},
	{"VT in a value", baseline("X: a\x0bb"), 400, 400},
	{"line without colon", baseline("X: a\r\nY"), 400, 400},
	{"line without name", baseline("X: a\r\n: b"), 400, 400},
	{"space before the first field", strings.Replace(baseline(), "Host", " Host", 1), 400, 400},
	{"empty line in front", "\r\n" + baseline(), 101, 0},
	{"empty body", baseline("Content-Length: 0"), 101, 101},
	{"body", baseline("Content-Length: 5") + "hello", 400, 400},
	{"body like a frame", baseline("Content-Length: 11") + hello, 400, 400},
	{"chunked body", baseline("Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n", 400, 400},
	{"two framings", baseline("Transfer-Encoding: chunked", "Content-Length: 5") + "0\r\n\r\n", 400, 400},
	{"other expectation", baseline("Expect: miracles"), 417, 417},
	{"any origin", baseline("Origin: garbage"), 101, 101},
	{"two origins", baseline("Origin: null", "+Origin: x"), 101, 101},
	{"other path", strings.Replace(baseline(), "/echo", "/nothing", 1), 404, 404},
	{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, 0},

	{"subprotocols", baseline("Sec-WebSocket-Protocol: nope, chat"), 101, 101},
	{"empty subprotocol", baseline("Sec-WebSocket-Protocol:"), 400, 400},
	{"subprotocols without a name", baseline("Sec-WebSocket-Protocol: ,"), 400, 400},
	{"subprotocol with a space", baseline("Sec-WebSocket-Protocol: a b"), 400, 400},
	{"quoted subprotocol", baseline("Sec-WebSocket-Protocol: \"chat\""), 400, 400},
	{"subprotocol beyond ASCII", baseline("Sec-WebSocket-Protocol: caf\xc3\xa9"), 400, 400},
	{"subprotocol twice", baseline("Sec-WebSocket-Protocol: chat, chat"), 400, 400},
	{"subprotocol twice on two lines", baseline("Sec-WebSocket-Protocol: chat", "+Sec-WebSocket-Protocol: chat"), 400, 400},
	{"subprotocols in two cases", baseline("Sec-WebSocket-Protocol: chat, CHAT"), 101, 101},
	{"subprotocol after 32000 spaces", baseline("Sec-WebSocket-Protocol: b" + long(' ', 32000) + "x"), 400, 400},
	{"subprotocol of 64 KiB", baseline("Sec-WebSocket-Protocol: " + long('x', 64<<10)), 431, 0},

	{"unknown extension", baseline("Sec-WebSocket-Extensions: x-unknown; a=1; b"), 101, 101},
	{"empty extension", baseline("Sec-WebSocket-Extensions:"), 400, 400},
	{"stray semicolon", baseline("Sec-WebSocket-Extensions: permessage-deflate;"), 400, 400},
	{"parameter without name", baseline("Sec-WebSocket-Extensions: permessage-deflate; =1"), 400, 400},
	{"hidden offer", baseline("Sec-WebSocket-Extensions: x; y=\",permessage-deflate; client_max_window_bits,\""), 400, 400},
	{"quoted value that is no token", baseline("Sec-WebSocket-Extensions: x; a=\"b c\""), 400, 400},
	{"quoted value that is empty", baseline("Sec-WebSocket-Extensions: x; a=\"\""), 400, 400},
	{"quoted value that does not end", baseline("Sec-WebSocket-Extensions: x; a=\"b"), 400, 400},
	{"invalid window bits", baseline("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=\"\""), 101, 101},
	{"20000 quoted pairs", baseline("Sec-WebSocket-Extensions: x; b=\"" + strings.Repeat(`\c`, 20000)), 400, 400},
	{"10000 extensions", baseline("Sec-WebSocket-Extensions: " + strings.Repeat("a,", 10000)), 101, 101},
	{"10000 parameters", baseline("Sec-WebSocket-Extensions: x" + strings.Repeat(";a", 10000)), 101, 101},
	{"prototypes", baseline("Sec-WebSocket-Extensions: constructor; __proto__, hasOwnProperty"), 101, 101},
}

func TestVerdictsOfTheFrontDoors(t *testing.T) {
	mux := testMux(Options{Subprotocols: []string{"chat"}, Deflate: &DeflateOptions{}})
	strict, netHTTP := strictDoor(t, mux), netHTTPDoor(t, mux)
	for _, v := range verdicts {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			judge(t, strict, v.request, v.strict)
			if v.netHTTP != 0 {
				judge(t, netHTTP, v.request, v.netHTTP)
			}
		})
	}
}

func judge(t *testing.T, addr, request string, want int) {
	t.Helper()
	method, _, _ := strings.Cut(request, " ")
	c := call(t, addr).send(request)
	resp := c.answer(method)
	if resp.StatusCode != want {
		t.Fatalf("%d instead of %d: %s", resp.StatusCode, want, readBody(resp))
	}
	if want == 101 {
		c.send(hello)
		c.expect(olleh)
		c.leave()
		return
	}
	for field, wanted := range map[string]bool{
		"Upgrade":               want == 426,
		"Sec-WebSocket-Version": want == 426 || strings.Contains(readBody(resp), "Sec-WebSocket-Version"),
		"Allow":                 want == 405,
	} {
		if got := resp.Header.Get(field) != ""; wanted && !got {
			t.Errorf("%d without %s", want, field)
		}
	}
	if resp.Close {
		if rest := c.expectEnd(); rest != "" {
			t.Errorf("%q behind the refusal", rest)
		}
		return
	}
	c.send(strings.Replace(baseline(), "\r\nHost", "\r\nX: again\r\nHost", 1))
	if again := c.answer("GET"); again.StatusCode != 101 {
		t.Errorf("a valid second try gets %d", again.StatusCode)
	}
}
