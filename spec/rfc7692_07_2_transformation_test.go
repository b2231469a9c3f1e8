package spec

var _ = section("RFC 7692 7.2: compressing and decompressing messages", "7692-7.2.1", "7692-7.2.2", "7692-7.2.3")
