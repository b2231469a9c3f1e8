package cases

// reservedCases test reserved bits and opcodes (RFC 6455, section 5.2).
func reservedCases() []Case { return nil }
