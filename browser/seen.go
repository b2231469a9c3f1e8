package browser

import "github.com/wsspec/wsspec/runner/seen"

// What a page saw, in the words of package seen.
type (
	// Seen is what a page saw of one connection.
	Seen = seen.Connection
	// Event is one of a WebSocket object.
	Event = seen.Event
	// Exception is what a call in the page threw.
	Exception = seen.Exception
	// DevTools is what developer tools show of a connection.
	DevTools = seen.DevTools
	// Message is what developer tools call a frame.
	Message = seen.Message
)
