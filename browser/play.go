package browser

import (
	"context"
	"fmt"
	"slices"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// Play has a page play the steps of the call, and tells what became of each. The error
// is as that of Connect.
func (c *Chrome) Play(ctx context.Context, call runner.Call) ([]runner.Move, error) {
	t, err := c.tabFor(call)
	if err != nil {
		return nil, c.fate(err)
	}
	moves, err := t.play(ctx, call, c.options.OnSeen)
	return moves, c.fate(err)
}

// play makes the call of a case that has steps for the page.
func (p *page) play(ctx context.Context, call runner.Call, onSeen func(Seen)) ([]runner.Move, error) {
	var played struct {
		Seen  Seen       `json:"seen"`
		Moves []moveJSON `json:"moves"`
	}
	if err := p.call(ctx, "play", &played, call.URL, stepsJSON(call.Page)); err != nil {
		return nil, err
	}
	moves := make([]runner.Move, len(played.Moves))
	for i, m := range played.Moves {
		var err error
		if moves[i], err = m.move(); err != nil {
			return nil, err
		}
	}
	p.tell(&played.Seen)
	if onSeen != nil {
		onSeen(played.Seen)
	}
	return moves, &Account{Seen: played.Seen}
}

// stepJSON is a step of a case as the page takes it; words are those of the notation.
type stepJSON struct {
	Do    string      `json:"do"`
	Name  string      `json:"name,omitempty"`
	Args  []valueJSON `json:"args"`
	Value *valueJSON  `json:"value,omitempty"` // that is waited for
}

// valueJSON is a value of JavaScript on its way.
type valueJSON struct {
	Kind   string   `json:"kind"`
	Number float64  `json:"number"`
	Octets []byte   `json:"octets,omitempty"`
	List   []string `json:"list,omitempty"`
}

// moveJSON is what the page says became of a step.
type moveJSON struct {
	Throws  string     `json:"throws"`
	Message string     `json:"message"`
	Value   *valueJSON `json:"value"`
	Event   string     `json:"event"`
	Late    bool       `json:"late"`
}

func stepsJSON(list []cases.PageStep) []stepJSON {
	steps := make([]stepJSON, len(list))
	for i, s := range list {
		steps[i] = stepJSON{Do: s.Do.String(), Name: s.Name, Args: []valueJSON{}}
		for _, v := range s.Args {
			steps[i].Args = append(steps[i].Args, jsonOf(v))
		}
		if s.Do == cases.PageUntil {
			steps[i].Value = new(jsonOf(s.Want.Value))
		}
	}
	return steps
}

func jsonOf(v cases.PageValue) valueJSON {
	return valueJSON{v.Kind.String(), v.Number, v.Octets.Append(nil, 0), v.List}
}

func (m *moveJSON) move() (runner.Move, error) {
	move := runner.Move{Throws: cut(m.Throws), Message: m.Message, Event: cut(m.Event), Late: m.Late}
	if m.Value == nil {
		return move, nil
	}
	kinds := cases.PageKinds()
	at := slices.Index(kinds, m.Value.Kind)
	if at < 0 {
		return move, fmt.Errorf("the page tells of a value of the kind %q", m.Value.Kind)
	}
	move.Value = cases.PageValue{
		Kind: cases.PageKind(at), Number: m.Value.Number, Octets: cases.Lit(string(m.Value.Octets)), List: m.Value.List,
	}
	return move, nil
}
