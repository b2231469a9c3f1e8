package reference

import "time"

// DeflateParams are the permessage-deflate extension parameters that both
// sides agreed on (RFC 7692, section 7.1).
type DeflateParams struct {
	ServerNoContextTakeover bool
	ClientNoContextTakeover bool
	ServerMaxWindowBits     int // base-2 logarithm of the server's LZ77 window, 8 to 15
	ClientMaxWindowBits     int // base-2 logarithm of the client's LZ77 window, 8 to 15
}

// ConnOptions are the choices that hold for a connection in either role.
// The zero value is useful.
type ConnOptions struct {
	// ReadLimit is the largest message, in octets after decompression, that is
	// taken from the peer; a larger one fails the connection with 1009.
	// Zero means 32 MiB, a negative value no limit.
	ReadLimit int64
	// CloseTimeout bounds the wait for the peer's Close frame and for the end of
	// TCP after our Close frame. Zero means 5 seconds.
	CloseTimeout time.Duration
	// Coalesce lets written messages wait in the write buffer while complete
	// frames of the peer are still unread; they are sent in one write when the
	// next read would block. It suits handlers that answer each message, and
	// makes pipelined small messages several times faster. Ping, Close and
	// Flush send what is waiting.
	Coalesce bool
}

// connConfig is what the opening handshake hands to the data framing.
type connConfig struct {
	client      bool
	subprotocol string         // empty: none
	deflate     *DeflateParams // nil: permessage-deflate is not in use
	buffered    []byte         // octets that arrived behind the opening handshake
	opts        ConnOptions
	enforced    func(requirement string) bool // nil: every rule is enforced
}
