// Package page is the live page of a runner.Listen: which clients came, how far
// they are, and what became of each case, as it happens; and a button with which
// the browser that shows the page becomes a client itself.
//
//	p := page.New(page.Options{Offers: runner.Offers(list, false)})
//	runner.Listen(ctx, l, list, runner.ListenOptions{Web: p, OnPlayed: p.Played, OnUpdate: p.Updated})
//
// # URLs
//
//	GET /                 the page; its scripts and styles are beside it
//	GET /cases            the cases, as JSON
//	GET /events           Server-Sent Events: what is so far, and then what changes
//	GET /case?agent=&case=  the account of a case that did not pass, as text
//
// The agent and the case of /case are numbers: those of the agents in the order in
// which they came, and of the cases as /cases lists them, from 0 on.
//
// An event "state" has {"session": ID, "agents": [{"name", "row", "done"}]}, where
// row has one character for each case: a dot for one not played, and otherwise the
// first letter of its verdict. An event "change" has a list of [AGENT, CASE, LETTER];
// CASE is -1 for a new agent, whose name comes fourth, for one that has asked for
// its reports ("!"), and for one that goes on behind them ("~"). A reader that is too
// slow for changes gets a new state. The event "end" is the last.
//
// # Driving the page
//
// A program that drives a browser opens /?run&agent=NAME&parallel=N, upon which the
// test begins at once, and looks at the element with the id "run": its attribute
// data-state is "idle", "running", "done", "stopped" or "failed", and data-done and
// data-total are numbers of cases. "done" comes when the reports are written.
//
// Everything that a client sends is text to the page and never markup, and its
// Content-Security-Policy allows nothing that is not served here.
package page
