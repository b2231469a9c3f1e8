package cases

import "slices"

// A PageValue is a value of JavaScript: an argument, or what an attribute has.
type PageValue struct {
	Kind   PageKind
	Number float64 // of Number; 1 is true of Bool
	// Octets are those of Buffer, Blob and View, and the text of Text: UTF-8, in which
	// also an unpaired surrogate is written with three octets, as WTF-8 has it.
	Octets Payload
	List   []string
}

// PageKind is the kind of a PageValue.
type PageKind byte

// The kinds. Those of octets are an ArrayBuffer, a Blob, and a view of the middle of a
// larger ArrayBuffer.
const (
	NoValue PageKind = iota
	Undefined
	Null
	Bool
	Number
	NotANumber
	String
	StringList
	Buffer
	Blob
	View
)

func (k PageKind) String() string { return word(kindWords[:], int(k)) }

// PageKinds are the names of the kinds, in their order.
func PageKinds() []string { return slices.Clone(kindWords[:]) }

// Num is a number.
func Num(n float64) PageValue { return PageValue{Kind: Number, Number: n} }

// Str is a string.
func Str(s string) PageValue { return PageValue{Kind: String, Octets: Lit(s)} }

// Strs is an array of strings.
func Strs(list ...string) PageValue { return PageValue{Kind: StringList, List: list} }

// Truth is true or false.
func Truth(b bool) PageValue {
	if b {
		return PageValue{Kind: Bool, Number: 1}
	}
	return PageValue{Kind: Bool}
}

// OfKind is a value of a kind with these octets.
func OfKind(kind PageKind, octets Payload) PageValue { return PageValue{Kind: kind, Octets: octets} }

// Is reports whether the values are the same.
func (v PageValue) Is(other PageValue) bool {
	if v.Kind != other.Kind || v.Number != other.Number || len(v.List) != len(other.List) {
		return false
	}
	for i, s := range v.List {
		if s != other.List[i] {
			return false
		}
	}
	return v.Octets.Equal(other.Octets.Append(nil, 0), 0)
}

func (v PageValue) String() string { return string(appendPageValue(nil, v)) }
