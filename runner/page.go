package runner

import (
	"context"
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/cases"
)

// A Pager is a client that is a browser: its pages also play what a case has for them.
type Pager interface {
	Client
	// Origin is that of its pages, as the field Origin has it.
	Origin() string
	// Play has a page play Call.Page, and returns when its connection has ended, or when
	// no step opened one. It tells what became of each step, in their order: of fewer,
	// when the page did not come to the others, and of one more when an event came
	// that nobody awaits. The error is as that of Connect.
	Play(ctx context.Context, call Call) ([]Move, error)
}

// A Move is what became of a step of a page. The zero value is that of a call that
// returned, and of an event that came as it was awaited.
type Move struct {
	Throws, Message string          // the name of the exception, and what it says
	Value           cases.PageValue // that was read
	Event           string          // that came instead of the one that is awaited
	Late            bool            // it was not done when the connection had ended
}

// expandPage replaces the placeholders in URLs, and in what they are expected to be.
func expandPage(list []cases.PageStep, expand func(string) string) []cases.PageStep {
	list = slices.Clone(list)
	for i, s := range list {
		if s.Do == cases.PageConstruct {
			list[i].Args = slices.Clone(s.Args)
			for k, v := range s.Args {
				list[i].Args[k] = expandValue(v, expand)
			}
		}
		if s.HasValue() {
			list[i].Want.Value = expandValue(s.Want.Value, expand)
		}
	}
	return list
}

func expandValue(v cases.PageValue, expand func(string) string) cases.PageValue {
	if v.Kind == cases.String {
		v.Octets = cases.Lit(expand(string(v.Octets.Append(nil, 0))))
	}
	return v
}

// judgePage judges what the page did, unless the wire has shown a failure.
func (p *player) judgePage() {
	if p.script.Page == nil || p.result.Verdict >= cases.Failed || p.visit.gone == nil {
		return
	}
	if p.visit.moves == nil {
		p.trouble("the page cannot tell what it did: %v", p.visit.err)
		return
	}
	steps := expandPage(p.script.Page, p.expand)
	for i, s := range steps {
		if i >= len(p.visit.moves) {
			p.losePage(s, "the page does not come to that")
			return
		}
		grade, ok := gradeMove(s, p.visit.moves[i])
		switch {
		case !ok:
			p.losePage(s, moveWords(p.visit.moves[i]))
			return
		case p.judge(grade, mainRef(p.script)):
			p.result.Expected, p.result.Got = stepWords(s), moveWords(p.visit.moves[i])
		}
		if m := p.visit.moves[i]; m.Throws != s.Want.Throws || m.Event != "" {
			return
		}
	}
	if more := p.visit.moves[len(steps):]; len(more) > 0 {
		p.judge(cases.Failed, mainRef(p.script))
		p.result.Expected, p.result.Got = "no event behind the last", moveWords(more[0])
	}
}

func (p *player) losePage(s cases.PageStep, got string) {
	p.lose(stepWords(s), nil)
	p.result.Got, p.result.Reason = got, ""
}

// gradeMove is the grade of what became of a step; ok is false when that is none of what
// may become of it.
func gradeMove(s cases.PageStep, m Move) (grade cases.Verdict, ok bool) {
	if m.Late {
		return 0, false
	}
	if fits(s, s.Want, m) {
		return cases.Pass, true
	}
	for _, o := range s.Or {
		if fits(s, o.Outcome, m) {
			return o.Grade, true
		}
	}
	return 0, false
}

// fits reports whether the step has come to this outcome.
func fits(s cases.PageStep, o cases.PageOutcome, m Move) bool {
	return o.Throws == m.Throws && o.Event == m.Event && (s.Do != cases.PageRead || o.Throws != "" || o.Value.Is(m.Value))
}

func stepWords(s cases.PageStep) string { return "in the page: " + cases.FormatPageStep(s) }

// moveWords say what became of a step.
func moveWords(m Move) string {
	switch {
	case m.Late:
		return "nothing in time"
	case m.Event != "":
		return "the event " + m.Event
	case m.Throws != "":
		return fmt.Sprintf("it throws %s: %s", m.Throws, quoteText(m.Message))
	case m.Value.Kind != cases.NoValue:
		return "the value " + m.Value.String()
	}
	return "it returns"
}
