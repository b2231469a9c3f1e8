package spec

var _ = section("RFC 7692 7: permessage-deflate", "7692-7.1.1.1", "7692-7.1.1.2", "7692-7.2.1", "7692-7.2.2", "7692-7.2.3")
