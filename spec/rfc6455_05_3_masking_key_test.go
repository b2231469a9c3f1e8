package spec

var _ = section("RFC 6455 5.3: the masking key", "6455-5.3")
