package runner

import "strconv"

// Features is what a run learned of the peer.
type Features struct {
	// Client reports whether the peer is a client. Its Deflate is then what it
	// offers, and its Subprotocols are those of the known ones that it offers.
	Client bool
	// Dial reports whether the client opens the path that it is asked to.
	Dial bool
	// Handshake reports whether a plain opening handshake succeeds; HandshakeError
	// says why it does not.
	Handshake      bool
	HandshakeError string
	// Echo reports whether the peer sends messages back.
	Echo bool
	// Pings tells whether the peer answers pings.
	Pings Finding
	// Pushes tells whether the peer was seen to send a message by itself, in the
	// moment that it was looked at.
	Pushes Finding
	// Messages is how large messages may be.
	Messages MessageSize
	// Subprotocols are those of the known ones that the server supports.
	Subprotocols []string
	// Deflate is the server's answer to an offer of permessage-deflate; empty when
	// it was declined.
	Deflate string
	// Compression is what a server agrees to besides; nil when it declined, or was
	// not asked.
	Compression *Compression
}

// Compression is what a server agrees to of permessage-deflate (RFC 7692, section
// 7.1), each parameter offered for itself.
type Compression struct {
	// ServerNoTakeover and ClientNoTakeover report whether it agrees to
	// server_no_context_takeover and client_no_context_takeover.
	ServerNoTakeover, ClientNoTakeover bool
	// ServerBits is the smallest server_max_window_bits that it agrees to, from 8 to
	// 15; 0 when it agrees to none.
	ServerBits int
	// ClientBits is the client_max_window_bits that it asks for when the client
	// leaves the size to it, from 8 to 15; 0 when it asks for none.
	ClientBits int
	// Compresses tells whether it compresses the messages that it sends.
	Compresses Finding
}

// MessageSize is what a run learned of the size of messages that a server takes.
// Sizes are tried in powers of two; between them the limit is looked for only when
// the server echoes, and says with 1009 that it has one of at most 512 KiB.
type MessageSize struct {
	// Taken is the size in octets of the largest message that the server was seen to
	// take; it may take larger ones.
	Taken int
	// Refused is the smallest size in octets at which it ended the connection; 0 when
	// it did at none that was tried.
	Refused int
	// Code is the status code of the Close frame with which it did, 1005 for an empty
	// one, and 0 when there was none. 1009 says that the message is too big.
	Code uint16
}

// A Finding is a yes or no that may be unknown.
type Finding byte

// The findings.
const (
	Unknown Finding = iota
	No
	Yes
)

func found(yes bool) Finding {
	if yes {
		return Yes
	}
	return No
}

func (f Finding) String() string { return [...]string{"unknown", "no", "yes"}[min(f, Yes)] }

// Octets is a size in words: "64 KiB", "100 octets".
func Octets(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return strconv.Itoa(n>>20) + " MiB"
	case n >= 1<<10 && n%(1<<10) == 0:
		return strconv.Itoa(n>>10) + " KiB"
	}
	return strconv.Itoa(n) + " octets"
}
