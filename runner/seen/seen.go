// Package seen holds what a web page in a browser saw of a connection: the events of its
// WebSocket object, and what developer tools showed, to be put beside the wire.
package seen

// Connection is what a page saw of one connection, and what developer tools showed of it.
// Everything of any length in it is cut.
type Connection struct {
	// URL is how the page writes the address; empty when no connection was tried.
	URL string `json:"url"`
	// Events are those of the WebSocket object in their order. Messages in the middle
	// of a long conversation are counted only, in Omitted.
	Events  []Event `json:"events"`
	Omitted int     `json:"omitted,omitempty"`
	// Exceptions are those that its constructor and its methods threw.
	Exceptions []Exception `json:"exceptions,omitempty"`
	// Protocol and Extensions are those attributes at the event open.
	Protocol   string `json:"protocol,omitempty"`
	Extensions string `json:"extensions,omitempty"`
	// ReadyState and BufferedAmount are those attributes at the end.
	ReadyState     int   `json:"readyState"`
	BufferedAmount int64 `json:"bufferedAmount,omitempty"`
	// DevTools is what developer tools showed.
	DevTools DevTools `json:"devTools"`
}

// An Event is one of a WebSocket object. The event "left" is none of them, but the
// end of the test before that of the connection.
type Event struct {
	Type string `json:"type"` // open, message, error, close, left
	// At is the time since the constructor was called, in milliseconds.
	At float64 `json:"at"`
	// Text and Size are those of a message: UTF-16 code units of a text, octets of
	// what is none.
	Text bool `json:"text,omitempty"`
	Size int  `json:"size,omitempty"`
	// Code, Reason and WasClean are those of the event close.
	Code     int    `json:"code,omitempty"`
	Reason   string `json:"reason,omitempty"`
	WasClean bool   `json:"wasClean,omitempty"`
}

// An Exception is what a call in the page threw.
type Exception struct {
	Doing   string `json:"doing"` // the call
	Name    string `json:"name"`  // SyntaxError
	Message string `json:"message"`
}

// DevTools is what developer tools show of a connection. They know messages rather
// than frames, no control frames, and the response only of an opening handshake that
// has succeeded.
type DevTools struct {
	// Off tells why they show nothing; empty when they do.
	Off string `json:"off,omitempty"`
	// Request and Response are the opening handshake: the text of the header where
	// the browser has it.
	Request  string `json:"request,omitempty"`
	Response string `json:"response,omitempty"`
	// Status is the status code of the response.
	Status int `json:"status,omitempty"`
	// Frameless tells that they show no messages at all.
	Frameless bool `json:"frameless,omitempty"`
	// Frames are the first messages; Omitted counts the others.
	Frames  []Message `json:"frames,omitempty"`
	Omitted int       `json:"omitted,omitempty"`
	// Errors are the texts of frame errors, Console those of the console.
	Errors  []string `json:"errors,omitempty"`
	Console []string `json:"console,omitempty"`
	// Closed reports whether they show the end of the connection.
	Closed bool `json:"closed,omitempty"`
}

// A Message is what developer tools call a frame.
type Message struct {
	Sent   bool `json:"sent,omitempty"` // by the page
	Opcode int  `json:"opcode"`
	Size   int  `json:"size"` // octets
}

// Has reports whether there was such an event.
func (s *Connection) Has(event string) bool { return s.Last(event) != nil }

// Last is the last such event; nil when there was none.
func (s *Connection) Last(event string) *Event {
	for i := len(s.Events) - 1; i >= 0; i-- {
		if s.Events[i].Type == event {
			return &s.Events[i]
		}
	}
	return nil
}
