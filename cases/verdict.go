package cases

// A Verdict grades an outcome. The order is that of severity, so that the worse
// of two is the greater.
type Verdict byte

// The verdicts.
const (
	Pass    Verdict = iota // as the standard says
	Info                   // observed, and not judged
	Skipped                // a feature was declined or is not there
	Lax                    // works, but departs from a SHOULD, or from what is merely tolerated
	Failed                 // breaks a rule that binds the peer
	Errored                // trouble with the target or the harness, never the peer's protocol
)

var verdictWords = [...]string{"pass", "info", "skip", "lax", "fail", "error"}

func (v Verdict) String() string { return word(verdictWords[:], int(v)) }

// Verdicts lists all verdicts from the best to the worst.
func Verdicts() []Verdict { return []Verdict{Pass, Info, Skipped, Lax, Failed, Errored} }

// word is the i-th word, or a question mark for a value out of range.
func word(words []string, i int) string {
	if i < 0 || i >= len(words) {
		return "?"
	}
	return words[i]
}
