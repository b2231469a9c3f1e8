package cases

// controlCases test ping, pong and what holds for all control frames (RFC 6455, section 5.5).
func controlCases() []Case { return nil }
