package cases

import "slices"

// deflateNotAgreed test a connection without permessage-deflate: nobody may
// compress there, and who does it all the same fails the connection.
func deflateNotAgreed() []Case {
	received := func(id, what string, f Frame) Case {
		return Case{
			ID: "deflate/not-agreed/" + id, Title: "a compressed " + what + " message fails a connection without permessage-deflate",
			Refs: refs("6455-5.2-4", "7692-5-14"), Steps: steps(Send(f), FailsWith(1002)),
		}
	}
	return slices.Concat(
		[]Case{received("text", "text", deflateText(deflateHello)), received("binary", "binary", deflateBinary(deflateHello))},
		deflateNotSent())
}

// deflateNotSent have the server echo what is worth compressing to everybody who
// compresses at all.
func deflateNotSent() []Case {
	const note = "The text is long and says the same again and again, so that a server which compresses above some size alone does it here."
	text := TextOf(Fill("nothing was agreed to ", 8<<10))
	echoed := func(id, title string, requirements []string, request Request, e Expectation) Case {
		return Case{
			ID: "deflate/not-agreed/" + id, Title: title, Refs: requirements, Subject: Server, Needs: needs(Echo), Note: note,
			Steps: steps(request, e, Send(text), Expect(text), Close(1000)),
		}
	}
	return []Case{
		echoed("echo-unasked", "a long text comes back as it is where no compression was offered", refs("7692-5-14", "6455-5.2-3", "6455-9-3"),
			Baseline(), Expect(Answer(101).Without(extensionField))),
		echoed("echo-as-answered", "a long text comes back compressed only if the response has said so", refs("7692-5-6", "7692-5-14", "6455-5.2-3"),
			extensionOffer("permessage-deflate"), handshakeOpened()),
		echoed("echo-declined", "a long text comes back as it is where the extension that was offered was declined",
			refs("7692-5-14", "6455-9.1-6", "6455-5.2-3"), extensionOffer("x-unknown"), extensionDeclined().OrLax(handshakeRefusal())),
	}
}
