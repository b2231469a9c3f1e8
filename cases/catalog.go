package cases

// All is the whole catalogue, in the order of the standards' sections. The
// caller may change what it gets.
func All() []Case {
	families := []func() []Case{
		handshakeCases, subprotocolCases, extensionCases, // RFC 6455, sections 4 and 9
		clientCases,                                            // the same sections for a client
		maskingCases, messageCases, lengthCases, reservedCases, // 5.1 to 5.3 and 5.6
		fragmentCases, controlCases, // 5.4 and 5.5
		closeCases, utf8Cases, // 7 and 8
		robustCases, patienceCases, // many rules at once; timers
		limitsCases, deflateVolumeCases, // large and many messages; RFC 7692, section 7.2
		deflateNegotiationCases, deflateDataCases, // RFC 7692, sections 5, 6 and 7
		webCases,     // WHATWG: what a page does
		sessionCases, // all that a client did, together
	}
	var all []Case
	for _, family := range families {
		all = append(all, family()...)
	}
	return all
}

// refs and steps make the tables read like a dialogue.
func refs(ids ...string) []string   { return ids }
func steps(steps ...Step) []Step    { return steps }
func needs(fs ...Feature) []Feature { return fs }

// autobahn is the alias of a case that replaces one of Autobahn|Testsuite.
func autobahn(ids ...string) []string {
	var alias []string
	for _, id := range ids {
		alias = append(alias, "autobahn:"+id)
	}
	return alias
}
