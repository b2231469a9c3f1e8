package cases

// closeCases test the closing handshake (RFC 6455, sections 5.5.1 and 7).
func closeCases() []Case { return nil }
