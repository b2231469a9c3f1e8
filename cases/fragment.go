package cases

// fragmentCases test fragmentation (RFC 6455, section 5.4).
func fragmentCases() []Case { return nil }
