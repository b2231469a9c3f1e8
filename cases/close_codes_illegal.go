package cases

import "fmt"

// closeIllegalGroup is a range of codes that must not be sent.
type closeIllegalGroup struct {
	suffix string  // what the id says of the code
	title  string  // with %d for the code
	note   string  // what the general note does not say
	echo   Verdict // grade for sending the code back
	codes  []uint16
}

// closeIllegalCodes are Close frames with codes that must not be sent.
func closeIllegalCodes() []Case {
	var all []Case
	for _, g := range []closeIllegalGroup{
		{
			suffix: "not-used",
			title:  "a Close frame with the code %d, which is not in use, is refused",
			note:   closeEchoFails,
			echo:   Failed,
			codes:  []uint16{0, 1, 2, 100, 255, 256, 500, 998, 999},
		},
		{
			suffix: "on-the-wire",
			title:  "a Close frame with the reserved code %d is refused",
			note: " RFC 6455 keeps this code for a meaning to come, and does not forbid it as it does 1005, 1006 and 1015, " +
				"so that to send it back is lax, too.",
			echo:  Lax,
			codes: []uint16{1004},
		},
		{
			suffix: "on-the-wire",
			title:  "a Close frame with the reserved code %d is refused",
			note:   closeEchoFails,
			echo:   Failed,
			codes:  []uint16{1005, 1006, 1015},
		},
		{
			suffix: "unassigned",
			title:  "a Close frame with the unassigned code %d is refused",
			note: " The range is kept for later standards, and codes have been taken from it since, " +
				"so that to send the code back is lax, too.",
			echo:  Lax,
			codes: []uint16{1016, 1100, 1999, 2000, 2500, 2999},
		},
		{
			suffix: "out-of-range",
			title:  "a Close frame with the code %d, which is above all ranges, is refused",
			note:   closeEchoFails + " Autobahn does not judge the answer to 5000 and 65535.",
			echo:   Failed,
			codes:  []uint16{5000, 9999, 32768, 49999, 65534, 65535},
		},
	} {
		for _, code := range g.codes {
			all = append(all, closeIllegalCode(g, code))
		}
	}
	return all
}

const (
	closeSenderNote = "The rule binds who sends the code. Who receives it is told to validate what comes in and " +
		"should close with a fitting code (RFC 6455, section 10.7), so an answer as if nothing were wrong is lax."
	closeEchoFails = " To send the code back is the same breach, and fails."
)

func closeIllegalCode(g closeIllegalGroup, code uint16) Case {
	return Case{
		ID:    fmt.Sprintf("close/code-%d-%s", code, g.suffix),
		Title: fmt.Sprintf(g.title, code),
		Refs:  append(closeCodeRefs(code), "6455-5.5.1-3", "6455-10.7-3"),
		Alias: closeCodeAlias(code),
		Note:  closeSenderNote + g.note,
		Steps: steps(
			Send(CloseFrame(code)),
			closeRefusal(code, g.echo),
		),
	}
}

// closeRefusal is the reaction to a code that must not be sent. That 1005 comes
// back the player sees by itself: in an expectation the number stands for a
// Close without a code.
func closeRefusal(code uint16, echo Verdict) Expectation {
	e := FailsWith(1002)
	if code != NoCode {
		e = e.or(echo, []Event{Closes(code)})
	}
	return e.OrLax(Closes(1000, 1001, NoCode))
}
