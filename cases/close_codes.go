package cases

import (
	"fmt"
	"slices"
)

// The cases of the status codes judge the code of the answer alone. Whether TCP
// ends after the closing handshake is judged once, not with every code.

// closeCodeCases are Close frames with each kind of status code.
func closeCodeCases() []Case {
	all := []Case{
		closeLegalCode(1000, "normal closure"),
		closeLegalCode(1001, "going away"),
		closeLegalCode(1002, "protocol error"),
		closeLegalCode(1003, "unsupported data"),
		closeLegalCode(1007, "invalid payload data"),
		closeLegalCode(1008, "policy violation"),
		closeLegalCode(1009, "message too big"),
		closeCode1010FromClient(),
		closeCode1010FromServer(),
		closeLegalCode(1011, "internal error"),
		closeNewerCode(1012, "service restart"),
		closeNewerCode(1013, "try again later"),
		closeNewerCode(1014, "bad gateway"),
		closeLegalCode(3000, "unauthorized"),
		closeLegalCode(3003, "forbidden"),
		closeLegalCode(3008, "timeout"),
		closeLegalCode(3999, "for libraries and applications"),
		closeLegalCode(4000, "for private use"),
		closeLegalCode(4321, "for private use"),
		closeLegalCode(4999, "for private use"),
	}
	return append(all, closeIllegalCodes()...)
}

// closeLegalCode is a Close with a code that may be sent.
func closeLegalCode(code uint16, meaning string) Case {
	return Case{
		ID:    fmt.Sprintf("close/code-%d", code),
		Title: fmt.Sprintf("a Close frame with code %d (%s) is answered with a Close frame", code, meaning),
		Refs:  append(closeCodeRefs(code), "6455-5.5.1-8", "6455-7.4.1-1"),
		Level: Must,
		Alias: closeCodeAlias(code),
		Steps: steps(
			Send(CloseFrame(code)),
			closeAnswer(closeEchoes(code)...),
		),
	}
}

// closeEchoes are the codes of a good answer: the same, 1000 or none.
func closeEchoes(code uint16) []uint16 {
	return slices.Compact([]uint16{code, 1000, NoCode})
}

// closeNewerCode is a Close with a code that was registered after RFC 6455.
func closeNewerCode(code uint16, meaning string) Case {
	c := closeLegalCode(code, meaning)
	c.Note = "RFC 6455 does not know this code; it was registered with IANA later. " +
		"An endpoint that refuses it with 1002 follows the RFC and not the registry, which is lax."
	c.Steps = steps(
		Send(CloseFrame(code)),
		Expect(Closes(closeEchoes(code)...)).OrLax(Fail(1002)).OrLax(Closes()),
	)
	return c
}

func closeCode1010FromClient() Case {
	c := closeLegalCode(1010, "extension needed")
	c.Subject = Server
	c.Note = "A server has no use for 1010, but one that sends it back says nothing of its own."
	return c
}

// closeCode1010FromServer cannot blame a client, since the breach is ours.
func closeCode1010FromServer() Case {
	c := closeLegalCode(1010, "extension needed")
	c.ID += "-from-a-server"
	c.Title = "a client reads a Close frame with code 1010, which only clients have a use for"
	c.Subject, c.Level, c.Alias = Client, May, nil
	c.Note = "Nothing tells a client to refuse the code, nor to take it."
	c.Steps = steps(
		Send(CloseFrame(1010)),
		Expect(Closes(1010, 1000, NoCode)).OrInfo(Fail(1002)).OrInfo(Closes()),
	)
	return c
}

// closeCodeRefs are the requirements that say what the code is.
func closeCodeRefs(code uint16) []string {
	switch {
	case code < 1000:
		return refs("6455-7.4.2-1", "6455-11.7-1")
	case code <= 1010: // 7.4.1-2 to 7.4.1-12
		return refs(fmt.Sprintf("6455-7.4.1-%d", code-998))
	case code == 1011:
		return refs("6455-7.4.1-14", "6455-errata-2")
	case code <= 1014:
		return refs("6455-7.4.1-16")
	case code == 1015:
		return refs("6455-7.4.1-15")
	case code < 3000:
		return refs("6455-7.4.2-2")
	case code < 4000:
		return refs("6455-7.4.2-3")
	case code < 5000:
		return refs("6455-7.4.2-4")
	}
	return refs("6455-7.4.2-5", "6455-11.7-1")
}

// closeCodeAlias is the id of Autobahn's case for the code, if there is one.
func closeCodeAlias(code uint16) []string {
	for _, group := range []struct {
		id    string
		codes []uint16 // in the order of Autobahn's numbers
	}{
		{"7.7", []uint16{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}},
		{"7.9", []uint16{0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999}},
		{"7.13", []uint16{5000, 65535}},
	} {
		if i := slices.Index(group.codes, code); i >= 0 {
			return autobahn(fmt.Sprintf("%s.%d", group.id, i+1))
		}
	}
	return nil
}
