package spec

var _ = section("RFC 6455 11: registered names", "6455-11.1.1", "6455-11.3.3", "6455-11.3.4")
