package cases

// handshakeCases test the opening handshake of a server (RFC 6455, section 4.2).
func handshakeCases() []Case { return nil }
