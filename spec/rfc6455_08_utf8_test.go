package spec

var _ = section("RFC 6455 8: text that is not UTF-8", "6455-8.1")
