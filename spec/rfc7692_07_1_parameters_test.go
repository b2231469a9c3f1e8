package spec

var _ = section("RFC 7692 7.1: the parameters of permessage-deflate", "7692-7.1.1.1", "7692-7.1.1.2", "7692-7.1.2.1", "7692-7.1.2.2")
