package cases

// The closed vocabulary of the notation. Where the words stand for values they
// are in the order of the values.

var (
	subjectWords = [...]string{"both", "server", "client", "page"}
	weightWords  = [...]string{"light", "heavy"}
	featureWords = [...]string{string(Echo), string(Deflate), string(WindowBits), string(Subprotocol), string(Dialing), string(Session), string(Patience)}

	maskWords  = [...]string{"", "masked", "unmasked"}
	formWords  = [...]string{"", "len16", "len64"}
	rsvWords   = [...]string{"rsv1", "rsv2", "rsv3"}
	editWords  = [...]string{"method", "target", "proto", "set", "add", "drop", "octets", "eol", "reversed", "status", "raw"}
	checkWords = [...]string{"with", "equal", "without", "has"}

	actionWords    = [...]string{"in", "new", "close", "send", "set", "is", "until", "wait", "maybe", "event", "leave", "forget", "collect", "pause"}
	kindWords      = [...]string{"", "undefined", "null", "bool", "number", "NaN", "string", "list", "buffer", "blob", "view"}
	pagePlaces     = [...]string{"frame", "sealed", "secure", "worker"}
	pageEvents     = [...]string{"open", "message", "error", "close"}
	pageAttributes = [...]string{
		"readyState", "url", "protocol", "extensions", "bufferedAmount", "binaryType", // of the object
		"type", "data", "origin", "code", "reason", "wasClean", // of the last event
		"CONNECTING", "OPEN", "CLOSING", "CLOSED", "WebSocket.CONNECTING", "WebSocket.OPEN", "WebSocket.CLOSING", "WebSocket.CLOSED",
		"cookie", // of the document
	}

	// placeholderWords are the names that a request may hold in braces.
	placeholderWords = [...]string{"host", "hostname", "port", "port+65536", "target", "key", "chat", "CHAT", "superchat", "scheme", "accept", "origin", "page"}
)

// opcodeWords name the opcodes; the reserved ones are op3 to op7 and op11 to op15.
var opcodeWords = [...]struct {
	word   string
	opcode Opcode
}{
	{"cont", OpContinuation}, {"text", OpText}, {"binary", OpBinary},
	{"close", OpClose}, {"ping", OpPing}, {"pong", OpPong}, {"raw", OpRaw}, {"echo", OpEcho},
}
