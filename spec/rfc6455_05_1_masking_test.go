package spec

var _ = section("RFC 6455 5.1: who masks", "6455-5.1")
