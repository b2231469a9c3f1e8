package spec

var _ = section("RFC 6455 5.6 and 5.7: data frames and examples", "6455-5.6", "6455-5.7")
