package spec

var _ = section("RFC 8307: well-known URIs", "8307-1")
