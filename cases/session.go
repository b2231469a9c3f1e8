package cases

// sessionCases judge what a client has sent on all connections of a run: what is
// random shows only in many.
func sessionCases() []Case {
	const statistics = "Uniform random numbers meet none of the statistics more often than once in a billion runs. " +
		"That none of them finds anything proves little: a bad source may look good."
	return []Case{
		{
			ID:    "session/opening-handshakes",
			Title: "every opening handshake of the run is a right one",
			Refs: refs("6455-4.1-18", "6455-4.1-19", "6455-4.1-20", "6455-4.1-21", "6455-4.1-22", "6455-4.1-23", "6455-4.1-24", "6455-4.1-25",
				"6455-4.1-26", "6455-4.1-27", "6455-4.1-28", "6455-4.1-31", "6455-4.1-33", "6455-4.1-34", "6455-4.1-36", "6455-4.1-37",
				"6455-4.1-38", "6455-11.3.1-1", "6455-11.3.5-2", "6455-9.1-1", "6455-9.1-2", "6455-9.1-5", "7692-7-1", "7692-7.1.1.1-1",
				"7692-7.1.1.2-1", "7692-7.1.2.1-2", "7692-7.1.2.2-2"),
			Subject: Client,
			Needs:   needs(Session),
			Note:    "What a server can put up with fails this case alone, and not each case in which it comes.",
		},
		{
			ID:      "session/fresh-nonces",
			Title:   "every connection of the run has a nonce of its own, chosen at random",
			Refs:    refs("6455-4.1-29"),
			Subject: Client,
			Needs:   needs(Session),
			Note:    statistics,
		},
		{
			ID:      "session/fresh-masking-keys",
			Title:   "every frame of the run has a masking key of its own",
			Refs:    refs("6455-5.3-3"),
			Subject: Client,
			Needs:   needs(Session),
			Note:    statistics,
		},
		{
			ID:      "session/random-masking-keys",
			Title:   "all bits of the masking keys are random",
			Refs:    refs("6455-5.3-4"),
			Subject: Client,
			Needs:   needs(Session),
			Note:    statistics,
		},
		{
			ID:      "session/unpredictable-masking-keys",
			Title:   "no masking key follows from those before it, or from the nonce",
			Refs:    refs("6455-5.3-5", "6455-10.3-1"),
			Subject: Client,
			Needs:   needs(Session),
			Note:    statistics,
		},
	}
}
