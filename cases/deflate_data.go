package cases

import "slices"

// deflateOffer is permessage-deflate without parameters: what a server is
// offered, and what a client is answered. A server may still answer that the
// player's messages, its own, or both have no context takeover.
const deflateOffer = "permessage-deflate"

// deflateDataCases test what is sent once permessage-deflate is agreed (RFC
// 7692, sections 6 and 7.2). Whatever a peer compresses is inflated and checked
// against what was agreed, in every case.
func deflateDataCases() []Case {
	return slices.Concat(
		deflateSamples(), deflateEmpty(), deflateMessages(), deflateTakeovers(), deflateFragments(), deflateWrites(),
		deflateReserved(), deflateBlocks(), deflateDynamic(), deflateFinal(), deflateMatches(), deflateTexts(),
		deflateGarbage(), deflateCutOff(),
		deflateWindowsRead(), deflateWindowsBroken(), deflateServerWindows(), deflateClientWindows(), deflateResets(),
		deflateBombs(), deflateDrains(),
	)
}

// deflateText is a text message, or its first fragment, whose payload is
// compressed already.
func deflateText(octets string) Frame { return Text(octets).WithRSV(reserved1) }

// deflateBinary is the same for a binary message.
func deflateBinary(octets string) Frame { return Binary(octets).WithRSV(reserved1) }

// A deflateRow is a compressed message and the rule that it tries.
type deflateRow struct {
	name, title string
	back        Frame // the message, where it is legal
	frames      []Frame
}

// deflateRead makes cases of messages that must be understood.
func deflateRead(prefix string, requirements []string, rows ...deflateRow) []Case {
	var list []Case
	for _, r := range rows {
		list = append(list, Case{
			ID: prefix + r.name, Title: r.title, Refs: requirements, Needs: needs(Echo, Deflate),
			Steps: steps(Open(deflateOffer), Send(r.frames...), Expect(r.back), Close(1000)),
		})
	}
	return list
}

// deflateRefused makes cases of messages that nobody can understand.
func deflateRefused(prefix string, requirements []string, e Expectation, rows ...deflateRow) []Case {
	var list []Case
	for _, r := range rows {
		list = append(list, Case{
			ID: prefix + r.name, Title: r.title, Refs: requirements, Needs: needs(Deflate),
			Steps: steps(Open(deflateOffer), Send(r.frames...), e),
		})
	}
	return list
}

// deflateNoted gives all cases of a list the same note.
func deflateNoted(note string, list []Case) []Case {
	for i := range list {
		list[i].Note = note
	}
	return list
}

// deflateBadData expects the connection to fail over data that do not
// decompress. RFC 7692 names no status code: 1007 is for data that are not what
// their type says, 1002 for a breach of the protocol.
func deflateBadData() Expectation { return FailsWith(1007, 1002) }

// deflateUnsure expects a message back that the sender should have built
// otherwise; the standard does not bind the receiver, which may fail as well.
func deflateUnsure(back Frame) Expectation { return Expect(back).Or(Fail(1007, 1002)) }

// deflateExchange sends each message compressed, and awaits it before the next.
func deflateExchange(messages ...Frame) []Step {
	var list []Step
	for _, m := range messages {
		list = append(list, Send(m.Deflate()), Expect(m))
	}
	return list
}
