package cases

import "slices"

// utf8Cases test text that is UTF-8, and text that is not (RFC 6455, section 8.1).
func utf8Cases() []Case {
	return slices.Concat(
		utf8ValidCases(),
		utf8NoncharacterCases(),
		utf8PrefixCases(),
		utf8InvalidCases(),
		utf8SequenceCases(),
		utf8OffsetCases(),
		utf8FragmentCases(),
		utf8NeighbourCases(),
		utf8BinaryCases(),
		utf8EarlyCases(),
		utf8BlockCases(),
	)
}

// utf8Echoed is text in one frame that is UTF-8 and comes back.
func utf8Echoed(id, title, text string, alias ...string) Case {
	c := utf8EchoedEach("utf8/"+id, title, Lit(text))
	c.Alias = utf8Alias(alias)
	return c
}

// utf8EchoedEach is several texts, each of which comes back before the next.
func utf8EchoedEach(id, title string, texts ...Payload) Case {
	c := Case{
		ID:    id,
		Title: title,
		Refs:  refs("6455-8.1-2", "6455-5.6-2", "3629-3-1"),
		Needs: needs(Echo),
	}
	for _, t := range texts {
		c.Steps = append(c.Steps, Send(TextOf(t)), Expect(TextOf(t)))
	}
	c.Steps = append(c.Steps, Close(1000))
	return c
}

// utf8Refused is text in one frame that is not UTF-8.
func utf8Refused(id, title, octets string, alias ...string) Case {
	return Case{
		ID:    "utf8/" + id,
		Title: title,
		Refs:  refs("6455-8.1-1", "6455-8.1-2", "3629-3-1", "6455-7.4.1-9"),
		Alias: utf8Alias(alias),
		Steps: steps(Send(Text(octets)), FailsWith(1007)),
	}
}

// utf8Alias keeps the list of a case without a counterpart nil.
func utf8Alias(ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	return autobahn(ids...)
}
