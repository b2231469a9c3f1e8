package spec

var _ = section("RFC 6455 4.4: supporting several versions", "6455-4.4")
