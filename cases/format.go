package cases

import (
	"strconv"
	"strings"
	"time"
)

// Format is the case in the notation, ending in a line end. Parse reads it back
// as the same value, when the case is valid.
func Format(c Case) string { return string(appendCase(nil, &c)) }

// FormatAll is the cases in the notation, with an empty line between them.
func FormatAll(all []Case) string {
	var dst []byte
	for i := range all {
		if i > 0 {
			dst = append(dst, '\n')
		}
		dst = appendCase(dst, &all[i])
	}
	return string(dst)
}

// FormatStep is one step in the notation, in as many lines as it takes, without
// a line end after the last.
func FormatStep(s Step) string {
	return strings.TrimSuffix(string(appendStep(nil, s, "")), "\n")
}

func appendCase(dst []byte, c *Case) []byte {
	dst = append(append(append(dst, "case "...), c.ID...), '\n')
	dst = appendQuotedField(dst, "title", c.Title)
	dst = appendWords(dst, "refs", c.Refs)
	if c.Level != Unset {
		dst = appendWords(dst, "level", []string{wordOfLevel(c.Level)})
	}
	if c.Subject != Both {
		dst = appendWords(dst, "subject", []string{word(subjectWords[:], int(c.Subject))})
	}
	dst = appendWords(dst, "needs", c.Needs)
	if c.Weight != Light {
		dst = appendWords(dst, "weight", []string{word(weightWords[:], int(c.Weight))})
	}
	if c.Timeout != 0 {
		dst = append(appendDuration(append(dst, "timeout "...), c.Timeout), '\n')
	}
	if c.Connections != 0 {
		dst = append(strconv.AppendInt(append(dst, "connections "...), int64(c.Connections), 10), '\n')
	}
	dst = appendWords(dst, "alias", c.Alias)
	dst = appendQuotedField(dst, "note", c.Note)
	dst = appendPage(dst, c.Page)
	dst = appendSteps(dst, c.Steps, "")
	if c.Quick != nil {
		dst = appendSteps(append(dst, "quick\n"...), c.Quick, "")
	}
	return dst
}

// wordOfLevel is the level as one word: "MUST-NOT".
func wordOfLevel(l Level) string { return strings.ReplaceAll(l.String(), " ", "-") }

func appendQuotedField(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	dst = append(append(dst, name...), ' ')
	return append(strconv.AppendQuote(dst, value), '\n')
}

func appendWords[T ~string](dst []byte, name string, words []T) []byte {
	if len(words) == 0 {
		return dst
	}
	dst = append(dst, name...)
	for _, w := range words {
		dst = append(append(dst, ' '), w...)
	}
	return append(dst, '\n')
}

// appendDuration writes whole units, such as 60s and 1500ms, which are easier to
// read and to change than those of time.Duration.
func appendDuration(dst []byte, d time.Duration) []byte {
	units := []struct {
		name string
		unit time.Duration
	}{{"s", time.Second}, {"ms", time.Millisecond}, {"us", time.Microsecond}, {"ns", 1}}
	for _, u := range units {
		if d%u.unit == 0 {
			return append(strconv.AppendInt(dst, int64(d/u.unit), 10), u.name...)
		}
	}
	return dst
}

// appendSteps writes the steps, each line behind the indentation. Steps whose
// lines would run into each other have a line of their own between them.
func appendSteps(dst []byte, steps []Step, indent string) []byte {
	var last Step
	for _, s := range steps {
		switch s.(type) {
		case SendStep:
			if _, same := last.(SendStep); same {
				dst = append(append(dst, indent...), "flush\n"...)
			}
		case Expectation:
			if _, same := last.(Expectation); same {
				dst = append(append(dst, indent...), "then\n"...)
			}
		}
		dst = appendStep(dst, s, indent)
		last = s
	}
	return dst
}

func appendStep(dst []byte, s Step, indent string) []byte {
	switch s := s.(type) {
	case Request:
		return appendHead(dst, "> request", s, indent)
	case Response:
		return appendHead(dst, "> answer", Request(s), indent)
	case SendStep:
		return appendFrameLines(dst, "> ", s.Frames, indent)
	case Expectation:
		return appendExpectation(dst, s, indent)
	case RepeatStep:
		return appendRepeat(dst, s, indent)
	}
	dst = append(dst, indent...)
	switch s := s.(type) {
	case OpenStep:
		dst = appendOpen(dst, s)
	case DialStep:
		dst = appendDial(dst, s)
	case AliveStep:
		dst = append(dst, "alive"...)
	case CloseStep:
		dst = strconv.AppendUint(append(dst, "close "...), uint64(s.Code), 10)
	case ShutStep:
		dst = append(dst, "shut"...)
	case ResetStep:
		dst = append(dst, "reset"...)
	case PauseStep:
		dst = appendDuration(append(dst, "pause "...), s.For)
	default:
		dst = append(dst, '?')
	}
	return append(dst, '\n')
}

func appendOpen(dst []byte, s OpenStep) []byte {
	dst = append(dst, "open"...)
	if s.Extensions != "" {
		dst = strconv.AppendQuote(append(dst, " extensions "...), s.Extensions)
	}
	if s.Subprotocols != "" {
		dst = strconv.AppendQuote(append(dst, " subprotocols "...), s.Subprotocols)
	}
	return dst
}

func appendDial(dst []byte, s DialStep) []byte {
	dst = strconv.AppendQuote(append(dst, "dial "...), s.URL)
	if s.Protocols != "" {
		dst = strconv.AppendQuote(append(dst, " subprotocols "...), s.Protocols)
	}
	if s.Offer != "" {
		dst = strconv.AppendQuote(append(dst, " extensions "...), s.Offer)
	}
	return dst
}

func appendFrameLines(dst []byte, sign string, frames []Frame, indent string) []byte {
	for _, f := range frames {
		dst = append(append(dst, indent...), sign...)
		dst = append(appendFrame(dst, f), '\n')
	}
	return dst
}

func appendRepeat(dst []byte, s RepeatStep, indent string) []byte {
	dst = append(dst, indent...)
	if s.Times == Forever {
		dst = append(dst, "loop\n"...)
	} else {
		dst = append(strconv.AppendInt(append(dst, "repeat "...), int64(s.Times), 10), '\n')
	}
	dst = appendSteps(dst, s.Steps, indent+"  ")
	return append(append(dst, indent...), "done\n"...)
}
