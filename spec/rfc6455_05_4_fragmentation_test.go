package spec

var _ = section("RFC 6455 5.4: fragmentation", "6455-5.4")
