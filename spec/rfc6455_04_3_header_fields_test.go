package spec

var _ = section("RFC 6455 4.3: header field grammar", "6455-4.3")
