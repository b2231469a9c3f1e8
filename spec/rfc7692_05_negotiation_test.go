package spec

var _ = section("RFC 7692 5: negotiating a compression extension", "7692-5", "7692-5.2", "7692-7", "7692-9.1")
