package cases

import "strconv"

// FormatPageStep is one step of a page in the notation, without the sign in front.
func FormatPageStep(s PageStep) string { return string(appendPageStep(nil, s)) }

// FormatPageOutcome is an outcome in the notation.
func FormatPageOutcome(o PageOutcome) string { return string(appendOutcome(nil, o)[1:]) }

func appendPage(dst []byte, list []PageStep) []byte {
	for _, s := range list {
		dst = append(appendPageStep(append(dst, "@ "...), s), '\n')
	}
	return dst
}

func appendPageStep(dst []byte, s PageStep) []byte {
	dst = append(dst, word(actionWords[:], int(s.Do))...)
	if s.Name != "" {
		dst = append(append(dst, ' '), s.Name...)
	}
	for _, v := range s.Args {
		dst = appendPageValue(append(dst, ' '), v)
	}
	if s.HasValue() || s.Want.Throws != "" {
		dst = appendOutcome(dst, s.Want)
	}
	for _, o := range s.Or {
		dst = append(append(dst, " or "...), o.Grade.String()...)
		dst = appendOutcome(dst, o.Outcome)
	}
	return dst
}

// appendOutcome writes an outcome behind a space.
func appendOutcome(dst []byte, o PageOutcome) []byte {
	switch {
	case o.Throws != "":
		return append(append(dst, " throws "...), o.Throws...)
	case o.Event != "":
		return append(append(dst, " event "...), o.Event...)
	case o.Value.Kind != NoValue:
		return appendPageValue(append(dst, ' '), o.Value)
	}
	return append(dst, " returns"...)
}

func appendPageValue(dst []byte, v PageValue) []byte {
	switch v.Kind {
	case Bool:
		return strconv.AppendBool(dst, v.Number != 0)
	case Number:
		return strconv.AppendFloat(dst, v.Number, 'f', -1, 64)
	case String:
		return appendPayload(dst, v.Octets)
	case StringList:
		dst = append(dst, "list"...)
		for _, s := range v.List {
			dst = strconv.AppendQuote(append(dst, ' '), s)
		}
		return dst
	case Buffer, Blob, View:
		dst = append(append(dst, word(kindWords[:], int(v.Kind))...), ' ')
		return appendPayload(dst, v.Octets)
	}
	return append(dst, word(kindWords[:], int(v.Kind))...)
}
