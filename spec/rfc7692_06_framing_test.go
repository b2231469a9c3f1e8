package spec

var _ = section("RFC 7692 6: framing of compressed messages", "7692-6", "7692-6.1", "7692-6.2")
