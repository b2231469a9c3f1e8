package cases

// untestableOther is of RFC 6455, sections 9 to 12 and errata, of RFC 7692, and of
// the smaller documents.
var untestableOther = []Exemption{
	{"6455-9-1", Permission, "a client may offer extensions or none"},
	{"6455-9.1-7", ForAuthors, "says what an extension's specification may define"},
	{"6455-9.2-1", Permission, "an endpoint may use further extensions or none"},
	{"6455-10.2-1", Policy, "which sites a server is meant for is up to the application"},
	{"6455-10.3-2", LocalAPI, "when the application changes its data is not on the wire"},
	{"6455-10.6-2", Policy, "whether TLS is used is up to whoever writes the URL"},
	{"6455-10.7-2", Permission, "an endpoint may drop TCP or send a close frame first"},
	{"6455-11.3.2-1", Permission, "a client may repeat the field or use one"},
	{"6455-11.3.2-2", Permission, "erratum 3433 makes it a permission"},
	{"6455-11.3.4-1", Permission, "a client may repeat the field or use one"},
	{"6455-12-1", ForAuthors, "says what a specification that uses the protocol supplies"},
	{"6455-errata-3", Permission, "the field may be repeated or not"},
	{"6455-errata-4", ByBrowser, "needs a client that opens several connections at once; the player asks for one at a time"},
	{"6455-errata-5", ByBrowser, "binds browsers alone"},
	{"7692-3-1", Unobservable, "the order of extensions shows with two of them, and one is registered"},
	{"7692-4-1", ForAuthors, "says what an extension's specification must define"},
	{"7692-4-2", ForAuthors, "says what an extension's specification must define"},
	{"7692-5-11", Unobservable, "no extension that it speaks of is registered, so that no server agrees to one"},
	{"7692-7.3-1", Unobservable, "how useful compression is binds nobody"},
	{"7692-8-1", Unobservable, "what implementers consider is not on the wire"},
	{"8307-3-1", ForAuthors, "says what the author of a suffix considers"},
	{"7936-2-2", ForAuthors, "binds the registry"},
	{"6066-3-1", ByTLS, "shows in the TLS handshake"},
	{"7301-3-1", ByTLS, "shows in the TLS handshake"},
}
