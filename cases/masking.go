package cases

// maskingCases test masking (RFC 6455, sections 5.1 and 5.3).
func maskingCases() []Case { return nil }
