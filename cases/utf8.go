package cases

// utf8Cases test text that is UTF-8, and text that is not (RFC 6455, section 8.1).
func utf8Cases() []Case { return nil }
