package spec

var _ = section("RFC 6455 5.5: control frames", "6455-5.5", "6455-5.5.1", "6455-5.5.2", "6455-5.5.3")
