package spec

var _ = section("RFC 6455 5.2: base framing", "6455-5.2")
