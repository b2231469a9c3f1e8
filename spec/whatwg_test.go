package spec

// What a page sees shows in a browser: browser_test.go plays these cases.
var _ = section("WHATWG: the WebSocket object of a page",
	"whatwg-2.1", "whatwg-2.2", "whatwg-3.1", "whatwg-4", "whatwg-5", "whatwg-6", "whatwg-7")
