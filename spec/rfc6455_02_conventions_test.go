package spec

var _ = section("RFC 6455 2: conformance", "6455-2.1")
