package html

import "strings"

// A command is what repeats the cases of an agent, with the id between two parts
// that most of the commands have in common.
type command struct {
	again         func(id string) string
	before, after string
}

func newCommand(a *agent) command {
	c := command{again: a.Again}
	if c.again == nil {
		return c
	}
	for _, r := range a.results {
		if r != nil {
			c.before, c.after, _ = strings.Cut(c.again(r.Case.ID), r.Case.ID)
			break
		}
	}
	return c
}

// special is the command of a case where it is not made of the common parts.
func (c *command) special(id string) string {
	if c.again == nil {
		return ""
	}
	if s := c.again(id); s != c.before+id+c.after {
		return s
	}
	return ""
}
