package cases

// extensionCases test how a server reads Sec-WebSocket-Extensions (RFC 6455, section 9.1).
func extensionCases() []Case { return nil }
