package cases

// subprotocolCases test how a server chooses a subprotocol (RFC 6455, section 4.2.2).
func subprotocolCases() []Case { return nil }
