package cases

// messageCases test whole messages of every legal length (RFC 6455, sections 5.2 and 5.6).
func messageCases() []Case { return nil }
