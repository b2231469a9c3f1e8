package cases

import "fmt"

// lengthFormNote is why an echo of a frame with too long a length is tolerated.
const lengthFormNote = "The rule binds the sender. The receiver is not told to refuse such a frame, though it has to validate " +
	"what it gets (RFC 6455, section 10.7); reading it rightly is tolerated, losing one's place in the stream is not."

// lengthBits is the width of a form.
func lengthBits(form LengthForm) int {
	if form == Length16 {
		return 16
	}
	return 64
}

// lengthForms are data frames whose length is written longer than needed.
func lengthForms() []Case {
	frames := []struct {
		name string
		Frame
		form LengthForm
	}{
		{"binary-of-0-octets", Binary(""), Length16},
		{"binary-of-1-octet", Binary("x"), Length16},
		{"text-of-5-octets", Text("Hello"), Length16},
		{"binary-of-125-octets", BinaryOf(Fill("*", 125)), Length16},
		{"binary-of-0-octets", Binary(""), Length64},
		{"text-of-5-octets", Text("Hello"), Length64},
		{"binary-of-125-octets", BinaryOf(Fill("*", 125)), Length64},
		{"binary-of-126-octets", BinaryOf(Fill("*", 126)), Length64},
		{"binary-of-65535-octets", BinaryOf(Fill("*", 65535)), Length64},
	}
	var all []Case
	for _, f := range frames {
		all = append(all, Case{
			ID:    fmt.Sprintf("length/%s-in-%d-bits", f.name, lengthBits(f.form)),
			Title: fmt.Sprintf("a payload length of %d is not written in %d bits", f.Payload.Len(), lengthBits(f.form)),
			Refs:  refs("6455-5.2-10", "6455-10.7-1"),
			Needs: needs(Echo),
			Note:  lengthFormNote,
			Steps: steps(Send(f.InForm(f.form)), FailsWith(1002).OrLax(f.Frame)),
		})
	}
	return all
}

// lengthControlForms are control frames that are short enough but whose length
// is written in a form that no control frame can need.
func lengthControlForms() []Case {
	ping := func(name string, payload Payload, form LengthForm) Case {
		return Case{
			ID:    fmt.Sprintf("length/%s-in-%d-bits", name, lengthBits(form)),
			Title: fmt.Sprintf("the payload length %d of a ping is not written in %d bits", payload.Len(), lengthBits(form)),
			Refs:  refs("6455-5.2-10", "6455-5.5-2", "6455-10.7-1"),
			Note:  lengthFormNote,
			Steps: steps(Send(PingOf(payload).InForm(form)), FailsWith(1002).OrLax(PongOf(payload))),
		}
	}
	return []Case{
		ping("ping-of-1-octet", Lit("p"), Length16),
		ping("ping-of-1-octet", Lit("p"), Length64),
		ping("ping-of-125-octets", Fill("p", 125), Length16),
		{
			ID:    "length/close-in-16-bits",
			Title: "the payload length of a Close frame is not written in 16 bits",
			Refs:  refs("6455-5.2-10", "6455-5.5-2", "6455-10.7-1"),
			Note:  lengthFormNote,
			Steps: steps(
				Send(CloseFrame(1000).InForm(Length16)),
				FailsWith(1002).OrLax(Closes(1000, NoCode), End()),
			),
		},
	}
}
