package spec

var _ = section("RFC 9110: HTTP semantics", "9110-2.2", "9110-5.6.1", "9110-7.8")
