package cases

// lengthCases test how payload lengths are written and read (RFC 6455, section 5.2).
func lengthCases() []Case { return nil }
