package reports

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func (j *jsonResult) result(known *knownCases) (runner.Result, error) {
	if j.ID == "" {
		return runner.Result{}, errors.New("it has no id")
	}
	verdict, err := wordOf(cases.Verdicts(), j.Verdict)
	if err != nil {
		return runner.Result{}, fmt.Errorf("%s has the unknown verdict %q", j.ID, j.Verdict)
	}
	first, err1 := wordOf(sides, j.Close.First)
	dropped, err2 := wordOf(sides, j.Close.Dropped)
	if err := errors.Join(err1, err2); err != nil {
		return runner.Result{}, fmt.Errorf("%s: the end of the connection: %w", j.ID, err)
	}
	r := runner.Result{
		Case: known.of(j), Quick: j.Quick, Verdict: verdict, Requirement: j.Requirement,
		Expected: j.Expected, Got: j.Got, Reason: j.Reason, Explanation: j.Explanation, Duration: lasting(j.Seconds),
		Close:      runner.CloseOutcome{Opened: j.Close.Opened, Clean: j.Close.Clean, Code: j.Close.Code, First: first, Dropped: dropped, Reset: j.Close.Reset},
		Transcript: runner.Transcript{Omitted: j.Omitted}, Seen: j.Seen,
	}
	for i := range j.Transcript {
		entry, err := j.Transcript[i].entry()
		if err != nil {
			return r, fmt.Errorf("%s: line %d of the transcript: %w", j.ID, i+1, err)
		}
		r.Transcript.Entries = append(r.Transcript.Entries, entry)
	}
	return r, nil
}

var sides = []runner.Side{runner.Nobody, runner.Ours, runner.Peer}

// wordOf is the one of the values that is written so.
func wordOf[T fmt.Stringer](values []T, word string) (T, error) {
	for _, v := range values {
		if v.String() == word {
			return v, nil
		}
	}
	var none T
	return none, fmt.Errorf("%q is unknown", word)
}

func (j *jsonEntry) entry() (e runner.Entry, err error) {
	e = runner.Entry{At: lasting(j.Seconds), Size: j.Size, HeaderLen: j.Header, Meaning: j.Meaning}
	if e.Direction, err = keyOf(directionWords, j.Direction); err != nil {
		return e, err
	}
	if e.Kind, err = keyOf(kindWords, j.Kind); err != nil {
		return e, err
	}
	if j.Hex != "" {
		e.Raw, err = hex.DecodeString(j.Hex)
	}
	if j.Header < 0 || j.Header > len(e.Raw) {
		err = fmt.Errorf("a header of %d octets, of %d", j.Header, len(e.Raw))
	}
	return e, err
}

// keyOf is the key with that word.
func keyOf[K comparable](words map[K]string, word string) (key K, err error) {
	for key, w := range words {
		if w == word {
			return key, nil
		}
	}
	return key, fmt.Errorf("%q is unknown", word)
}

func lasting(s float64) time.Duration { return time.Duration(math.Round(s * float64(time.Second))) }

// knownCases are cases by their scripts, which many reports have in common.
type knownCases map[string]cases.Case

// of is the case of a result. Of a script that is in the notation of another
// version, what the result tells besides is the case.
func (k *knownCases) of(j *jsonResult) cases.Case {
	if c, ok := (*k)[j.Script]; ok && c.ID == j.ID {
		return c
	}
	c := cases.Case{ID: j.ID, Title: j.Title, Alias: j.Alias, Refs: j.Refs}
	if list, err := cases.Parse("script", []byte(j.Script)); err == nil && len(list) == 1 && list[0].ID == j.ID {
		c = list[0]
	}
	if *k == nil {
		*k = knownCases{}
	}
	(*k)[j.Script] = c
	return c
}
