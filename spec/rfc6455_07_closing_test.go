package spec

var _ = section("RFC 6455 7: closing the connection", "6455-7.1.1", "6455-7.1.5", "6455-7.1.7", "6455-7.2.1", "6455-7.2.2", "6455-7.3")
