package html

import "strings"

// Title is the heading of the section in its document; empty when it is not known.
func (s *section) Title() string { return titleOf(s.Name) }

func titleOf(name string) string { return sectionTitles[strings.TrimPrefix(name, "RFC ")] }

// sectionTitles are the headings of sections that cases and requirements stand
// under.
var sectionTitles = map[string]string{
	"6455 1.3": "Opening Handshake", "6455 1.4": "Closing Handshake", "6455 1.6": "Security Model", "6455 1.9": "Subprotocols",
	"6455 2": "Conformance Requirements", "6455 2.1": "Terminology", "6455 3": "WebSocket URIs",
	"6455 4.1": "Client Requirements", "6455 4.2": "Server-Side Requirements",
	"6455 4.2.1": "Reading the Client's Opening Handshake", "6455 4.2.2": "Sending the Server's Opening Handshake",
	"6455 4.3": "Header Field Grammar", "6455 4.4": "Multiple Versions",
	"6455 5.1": "Framing Overview", "6455 5.2": "Base Framing Protocol", "6455 5.3": "Client-to-Server Masking", "6455 5.4": "Fragmentation",
	"6455 5.5": "Control Frames", "6455 5.5.1": "Close", "6455 5.5.2": "Ping", "6455 5.5.3": "Pong",
	"6455 5.6": "Data Frames", "6455 5.7": "Examples", "6455 5.8": "Extensibility",
	"6455 6.1": "Sending Data", "6455 6.2": "Receiving Data",
	"6455 7.1.1": "Close the Connection", "6455 7.1.2": "Start the Closing Handshake", "6455 7.1.3": "The Closing Handshake is Started",
	"6455 7.1.4": "The Connection is Closed", "6455 7.1.5": "The Close Code", "6455 7.1.6": "The Close Reason", "6455 7.1.7": "Fail the Connection",
	"6455 7.2.1": "Client-Initiated Closure", "6455 7.2.2": "Server-Initiated Closure", "6455 7.2.3": "Recovering from Abnormal Closure",
	"6455 7.3": "Normal Closure", "6455 7.4": "Status Codes", "6455 7.4.1": "Defined Status Codes", "6455 7.4.2": "Reserved Status Code Ranges",
	"6455 8.1": "Errors in UTF-8", "6455 9": "Extensions", "6455 9.1": "Negotiating Extensions", "6455 9.2": "Known Extensions",
	"6455 10.1": "Non-Browser Clients", "6455 10.2": "Origin", "6455 10.3": "Attacks on Infrastructure", "6455 10.4": "Implementation Limits",
	"6455 10.6": "Confidentiality and Integrity", "6455 10.7": "Invalid Data",
	"6455 11.1.1": "The ws Scheme", "6455 11.1.2": "The wss Scheme", "6455 11.2": "The Upgrade Keyword",
	"6455 11.3.1": "Sec-WebSocket-Key", "6455 11.3.2": "Sec-WebSocket-Extensions", "6455 11.3.3": "Sec-WebSocket-Accept",
	"6455 11.3.4": "Sec-WebSocket-Protocol", "6455 11.3.5": "Sec-WebSocket-Version",
	"6455 11.6": "Version Registry", "6455 11.7": "Close Code Registry", "6455 11.8": "Opcode Registry", "6455 11.9": "Header Bits Registry",
	"6455 12": "Use from Other Specifications", "6455 errata": "Errata",
	"7692 3": "Terminology", "7692 4": "Per-Message Compression", "7692 5": "Extension Negotiation", "7692 5.1": "Negotiation Flow",
	"7692 5.2": "Negotiation Examples", "7692 6": "Framing", "7692 6.1": "Compression", "7692 6.2": "Decompression",
	"7692 7": "permessage-deflate", "7692 7.1.1.1": "server_no_context_takeover", "7692 7.1.1.2": "client_no_context_takeover",
	"7692 7.1.2.1": "server_max_window_bits", "7692 7.1.2.2": "client_max_window_bits",
	"7692 7.2.1": "Compression of Payloads", "7692 7.2.2": "Decompression of Payloads", "7692 7.2.3": "Examples", "7692 7.3": "Implementation Notes",
	"7692 8": "Security", "7692 9.1": "Extension Registry", "7692 9.2": "Header Bit Registry", "7692 errata": "Errata",
	"7936 2": "Registration of Subprotocols", "8307 1": "Well-Known URIs", "8307 3": "Well-Known URIs",
	"8441 1": "Introduction", "8441 3": "The SETTINGS Parameter", "8441 4": "Extended CONNECT", "8441 5": "WebSockets over HTTP/2",
	"9110 5.3": "Field Order", "9110 5.6.1": "Lists", "9110 7.8": "Upgrade",
	"9112 2.2": "Message Parsing", "9112 3.2": "Request Target", "9112 5.1": "Field Line Parsing", "9112 5.2": "Obsolete Line Folding", "9112 6": "Message Body",
}
