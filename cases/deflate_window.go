package cases

import (
	"fmt"
	"slices"
	"strings"
)

// deflateWindowsRead are matches that begin with the first octet of the window
// that was agreed.
func deflateWindowsRead() []Case {
	var list []Case
	for w := 8; w <= 15; w++ {
		size := 1 << w
		content := Random(size, 1)
		message := steps(
			Send(BinaryOf(deflateReferring(content, 64)).WithRSV(reserved1)),
			Expect(BinaryOf(Join(content, Random(64, 1)))), Close(1000))
		list = append(list, Case{
			ID:      fmt.Sprintf("deflate/window/server-reads-%d-bits", w),
			Title:   fmt.Sprintf("a server that was offered client_max_window_bits=%d reads a match at distance %d", w, size),
			Refs:    refs("7692-7.2.2-1", "7692-7.2.2-9", "7692-7.2.2-10", "7692-7.1.2.2-6"),
			Subject: Server,
			Needs:   needs(Echo, Deflate),
			Note:    "Where the server does not answer the parameter, it has to have the whole window of 32768 octets.",
			Steps:   append(steps(Open(fmt.Sprintf("permessage-deflate; client_max_window_bits=%d", w))), message...),
		}, Case{
			ID:      fmt.Sprintf("deflate/window/client-reads-%d-bits", w),
			Title:   fmt.Sprintf("a client that was answered server_max_window_bits=%d reads a match at distance %d", w, size),
			Refs:    refs("7692-7.2.2-1", "7692-7.2.2-7", "7692-7.2.2-8", "7692-7.1.2.1-7"),
			Subject: Client,
			Needs:   needs(Echo, Deflate),
			Steps:   append(steps(Open(fmt.Sprintf("permessage-deflate; server_max_window_bits=%d", w))), message...),
		})
	}
	return list
}

// deflateWindowsBroken are matches beyond the window that was agreed.
func deflateWindowsBroken() []Case {
	const note = "To refer beyond the agreed window breaks section 7.2.1. The receiver may have the larger window all the same, " +
		"so that both to read the message and to refuse it passes."
	var list []Case
	for w := 8; w <= 14; w++ {
		distances := []int{1<<w + 1, 32768}
		for _, distance := range distances {
			content := Random(distance, 1)
			message := steps(
				Send(BinaryOf(deflateReferring(content, 64)).WithRSV(reserved1)),
				deflateUnsure(BinaryOf(Join(content, Random(64, 1)))))
			list = append(list, Case{
				ID:      fmt.Sprintf("deflate/window/server-meets-%d-with-%d-bits", distance, w),
				Title:   fmt.Sprintf("a server that was offered client_max_window_bits=%d meets a match at distance %d", w, distance),
				Refs:    refs("7692-7.2.2-1", "7692-7.2.2-9"),
				Subject: Server,
				Needs:   needs(Echo, Deflate),
				Note:    note,
				Steps:   append(steps(Open(fmt.Sprintf("permessage-deflate; client_max_window_bits=%d", w))), message...),
			}, Case{
				ID:      fmt.Sprintf("deflate/window/client-meets-%d-with-%d-bits", distance, w),
				Title:   fmt.Sprintf("a client that was answered server_max_window_bits=%d meets a match at distance %d", w, distance),
				Refs:    refs("7692-7.2.2-1", "7692-7.2.2-7"),
				Subject: Client,
				Needs:   needs(Echo, Deflate),
				Note:    note,
				Steps:   append(steps(Open(fmt.Sprintf("permessage-deflate; server_max_window_bits=%d", w))), message...),
			})
		}
	}
	return list
}

// deflateWindowNote tells where the verdict comes from.
const deflateWindowNote = "The message repeats itself at distances around the agreed window. " +
	"Every distance in what comes back is checked; the peer may send it uncompressed."

// deflateServerWindows make a server compress data that repeat around the window
// that it agreed to.
func deflateServerWindows() []Case {
	var list []Case
	for w := 8; w <= 15; w++ {
		c := deflateWindow(w, fmt.Sprintf("deflate/window/server-writes-%d-bits", w), "server")
		c.Refs = refs("7692-7.2.1-15", "7692-7.1.2.1-4", "7692-7.2.1-7")
		c.Subject = Server
		list = append(list, c)
	}
	return list
}

// deflateClientWindows are the same for a client.
func deflateClientWindows() []Case {
	var list []Case
	for w := 8; w <= 15; w++ {
		c := deflateWindow(w, fmt.Sprintf("deflate/window/client-writes-%d-bits", w), "client")
		c.Refs = refs("7692-7.2.1-13", "7692-7.2.2-11", "7692-7.2.1-14", "7692-7.2.1-7")
		c.Subject = Client
		list = append(list, c)
	}
	return list
}

func deflateWindow(w int, id, side string) Case {
	size := 1 << w
	var messages []Frame
	for _, distance := range []int{size - 1, size, size + 1, size + 262} {
		if distance > 32768 {
			continue // DEFLATE has no such distance
		}
		again := Random(distance, 1)
		messages = append(messages, BinaryOf(Join(again, again, Fill("this compresses well; ", 1024))))
	}
	return Case{
		ID:    id,
		Title: fmt.Sprintf("a %s that agreed to a window of %d bits compresses with no distance above %d", side, w, size),
		Needs: needs(Echo, Deflate, WindowBits),
		Note:  deflateWindowNote,
		Steps: slices.Concat(
			steps(Open(fmt.Sprintf("permessage-deflate; %s_max_window_bits=%d", side, w))), deflateExchange(messages...), steps(Close(1000))),
	}
}

// deflateResets are connections on which one side, or both, begin each message
// with an empty window.
func deflateResets() []Case {
	text := TextOf(Fill("It is the same text that is sent and comes back. ", 1024))
	exchange := append(deflateExchange(text, text, BinaryOf(Random(1024, 1)), BinaryOf(Random(1024, 1)), text), Close(1000))
	reset := func(id, title, parameters string, side Subject, requirements ...string) Case {
		return Case{
			ID: "deflate/reset/" + id, Title: title, Refs: requirements, Subject: side, Needs: needs(Echo, Deflate),
			Note:  "Each message that comes back has to decompress alone. The peer may send it uncompressed.",
			Steps: append(steps(Open("permessage-deflate; "+parameters)), exchange...),
		}
	}
	list := []Case{
		reset("server-writes", "a server that agreed to no context takeover begins each message with an empty window",
			"server_no_context_takeover", Server, "7692-7.2.1-11", "7692-7.1.1.1-3"),
		reset("server-reads", "a server reads messages that stand alone", "client_no_context_takeover", Server, "7692-7.2.2-1", "7692-7.2.2-4"),
		reset("server-both", "a server keeps up no context takeover in both directions",
			"server_no_context_takeover; client_no_context_takeover", Server, "7692-7.2.1-11", "7692-7.2.2-4"),
		reset("client-writes", "a client that was told to begins each message with an empty window",
			"client_no_context_takeover", Client, "7692-7.2.1-8", "7692-7.1.1.2-3"),
		reset("client-reads", "a client reads messages that stand alone", deflateResetBoth, Client, "7692-7.2.2-1", "7692-7.2.2-2"),
		reset("client-both", "a client keeps up no context takeover in both directions",
			"server_no_context_takeover; client_no_context_takeover", Client, "7692-7.2.1-8", "7692-7.2.2-2"),
	}
	return append(list, deflateResetBroken("server-meets-takeover", "client_no_context_takeover", Server, "7692-7.2.2-4"),
		deflateResetBroken("client-meets-takeover", deflateResetBoth, Client, "7692-7.2.2-2"))
}

// deflateResetBoth is the answer to a client: some refuse to do without context
// takeover in one direction alone, which is what client/deflate is about.
const deflateResetBoth = "server_no_context_takeover; client_no_context_takeover"

// deflateResetBroken refers to an earlier message though that was given up.
func deflateResetBroken(id, parameter string, side Subject, requirement string) Case {
	second := deflateUnsure(Text("Hello"))
	ruledOut, _, _ := strings.Cut(parameter, ";")
	return Case{
		ID:      "deflate/reset/" + id,
		Title:   "a message that refers to an earlier one, though " + ruledOut + " rules it out, is refused, or read as it was meant",
		Refs:    refs("7692-7.2.2-1", requirement),
		Subject: side,
		Needs:   needs(Echo, Deflate),
		Note: "The sender breaks section 7.2.1. The receiver may drop the window or keep it, so that both to read the message and to refuse it " +
			"passes. A server that did not answer the parameter has to read it.",
		Steps: steps(Open("permessage-deflate; "+parameter),
			Send(deflateText(deflateHello)), Expect(Text("Hello")), Send(deflateText("\xf2\x00\x11\x00\x00")), second),
	}
}
