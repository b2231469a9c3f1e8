package spec

var _ = section("RFC 9112: HTTP/1.1 messages", "9112-2.2", "9112-3.2", "9112-5.1", "9112-5.2", "9112-6")
