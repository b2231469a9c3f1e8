package cases

// Best is the best verdict that a peer can get. It is Pass for a case that judges
// something, and Info for one that only observes.
func (c *Case) Best() Verdict { return bestOf(c.Steps) }

func bestOf(steps []Step) Verdict {
	best := Pass
	for _, s := range steps {
		switch s := s.(type) {
		case Expectation:
			best = max(best, s.best())
		case RepeatStep:
			best = max(best, bestOf(s.Steps))
		}
	}
	return best
}

func (e *Expectation) best() Verdict {
	best := Failed
	for _, a := range e.Alternatives {
		best = min(best, a.Grade)
	}
	return best
}
