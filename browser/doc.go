// Package browser has a real browser be the client under test.
//
// A page that this package serves opens the connections with the WebSocket
// interface of the WHATWG standard, echoes every message, and writes down what it
// saw: that is all a page can do. What it cannot say, which frames there were and
// why a connection failed, developer tools tell, as far as they know it.
//
//	chrome, err := browser.StartChrome(ctx, browser.Options{})
//	if err != nil {
//		return err
//	}
//	defer chrome.Close()
//	report, err := runner.RunClient(ctx, chrome, cases.All(), runner.Options{Parallel: chrome.Parallel(), Hosts: runner.Loopbacks()})
//
// A browser delays its connections to one address, and all connections of a page
// where many fail. RunClient therefore spreads the cases over several addresses, and
// mixes those in which a connection fails with those in which none does.
package browser
