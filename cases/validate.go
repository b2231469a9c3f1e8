package cases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Validate reports everything about the case that the model does not allow, or
// that cannot work, without playing it: an unknown requirement, a value out of
// range, a step after the end. Each error begins with the case's id. What
// Validate accepts, Format and Parse keep as it is.
func Validate(c Case) []error { return validate(c, levelsByID()) }

// ValidateAll validates every case, and that no id is used twice, and no alias
// twice for cases that test the same side: where a conversation depends on the
// side, a case for servers and one for clients have the alias.
func ValidateAll(all []Case) []error {
	known := levelsByID()
	owner := map[claim]string{}
	var errs []error
	for _, c := range all {
		errs = append(errs, validate(c, known)...)
		for i := -1; i < len(c.Alias); i++ {
			if other := take(owner, &c, i); other != "" {
				errs = append(errs, fmt.Errorf("%s: %s is used already, by %s", c.ID, nameOf(&c, i), other))
			}
		}
	}
	return errs
}

// A claim is a name in use for the cases of one side.
type claim struct {
	name string
	side Subject
}

// take claims an alias of the case, or its id for -1, which holds for both sides.
// It returns the case that has the name already.
func take(owner map[claim]string, c *Case, i int) (other string) {
	for _, side := range []Subject{Server, Client} {
		if i < 0 || c.Subject.Includes(side) {
			name := claim{nameOf(c, i), side}
			other = cmp.Or(other, owner[name])
			owner[name] = c.ID
		}
	}
	return other
}

func levelsByID() map[string]Level {
	all := Requirements()
	levels := make(map[string]Level, len(all))
	for _, r := range all {
		levels[r.ID] = r.Level
	}
	return levels
}

// validator collects the errors of one case.
type validator struct {
	c     *Case
	quick string // "quick " in front of the steps that have this name
	own   bool   // the case need not have a title, nor prove a requirement
	// scripted is set for a script that a server plays: its client is nobody who echoes.
	scripted bool
	where    string // the field, or the step and the frame in it
	errs     []error
}

func (v *validator) errorf(format string, args ...any) {
	v.errs = append(v.errs, &invalid{v.c.ID, v.where, fmt.Sprintf(format, args...)})
}

// invalid is one thing that is wrong with a case.
type invalid struct {
	id    string
	where string // the field; the step, as "step 3.1"; or empty
	msg   string
}

func (e *invalid) Error() string { return e.id + ": " + e.msg }

func validate(c Case, known map[string]Level) []error { return (&validator{c: &c}).validate(known) }

func (v *validator) validate(known map[string]Level) []error {
	c := v.c
	v.names()
	v.title()
	v.refs(known)
	v.settings()
	v.page()
	v.playedAtPath()
	v.script(c.Steps)
	if c.Quick != nil {
		v.quick = "quick "
		v.script(c.Quick)
	}
	v.where = ""
	if len(v.errs) == 0 && len(Format(*c)) > MaxSource {
		v.errorf("takes more than %d octets in the notation; describe payloads with Fill or Random", MaxSource)
	}
	return v.errs
}

// names checks the id and the aliases.
func (v *validator) names() {
	if !isID(v.c.ID) {
		v.errorf("id %q is not lower-case letters, digits, dots and hyphens, with slashes between its parts", v.c.ID)
	}
	v.where = "alias"
	checkList(v, "alias", v.c.Alias)
	for _, a := range v.c.Alias {
		switch {
		case isID(a) || isForeignID(a) || v.scripted && isPath(a):
		case v.scripted:
			v.errorf("alias %q is no path of letters, digits and -._~@: that begins with a slash", a)
		default:
			v.errorf("alias %q is neither an id nor source:id", a)
		}
	}
}

// isID reports whether s has the form of a case's id. It begins with a letter,
// so that it is never taken for a section ("6455-5.4").
func isID(s string) bool {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for part := range strings.SplitSeq(s, "/") {
		if part == "" || !isAlphanumeric(part[0]) || !isAlphanumeric(part[len(part)-1]) {
			return false
		}
		for i := range len(part) {
			if b := part[i]; !isAlphanumeric(b) && b != '.' && b != '-' {
				return false
			}
		}
	}
	return true
}

// isForeignID reports whether s is another suite's name of a case: "autobahn:5.6".
func isForeignID(s string) bool {
	source, id, found := strings.Cut(s, ":")
	return found && isID(source) && id != "" && !strings.ContainsFunc(id, func(r rune) bool {
		return r > unicode.MaxASCII || !isAlphanumeric(byte(r)) && !strings.ContainsRune("./-_", r)
	})
}

func isAlphanumeric(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }

// title checks that the title reads like one.
func (v *validator) title() {
	v.where = "title"
	t := v.c.Title
	first, _, _ := strings.Cut(t, " ")
	switch {
	case t == "" && v.own:
	case t == "":
		v.errorf("title is missing")
	case !utf8.ValidString(t) || strings.ContainsFunc(t, unicode.IsControl):
		v.errorf("title %q holds control characters or is not UTF-8", t)
	case strings.HasSuffix(t, "."):
		v.errorf("title %q ends in a full stop", t)
	case t != strings.Join(strings.Fields(t), " "):
		v.errorf("title %q has spaces where none belong", t)
	case slices.Contains([]string{"A", "An", "The", "It", "When", "If"}, first):
		v.errorf("title %q begins in upper case", t)
	}
}

// refs checks that the requirements exist.
func (v *validator) refs(known map[string]Level) {
	v.where = "refs"
	if len(v.c.Refs) == 0 && !v.own {
		v.errorf("refs are missing")
	}
	checkList(v, "refs", v.c.Refs)
	for _, ref := range v.c.Refs {
		if _, ok := known[ref]; !ok {
			v.errorf("unknown requirement %q", ref)
		}
	}
}

// settings checks what stands between the refs and the steps.
func (v *validator) settings() {
	c := v.c
	v.where = "needs"
	if c.Level > Definition {
		v.errorf("level %d is not one of the levels", c.Level)
	}
	if c.Subject > Page {
		v.errorf("subject %d is not one of the subjects", c.Subject)
	}
	if c.Weight > Heavy {
		v.errorf("weight %d is not one of the weights", c.Weight)
	}
	if c.Timeout < 0 {
		v.errorf("timeout %v is negative", c.Timeout)
	}
	if c.Connections < 0 || c.Connections > MaxConnections {
		v.errorf("connections %d is not within 0 and %d", c.Connections, MaxConnections)
	}
	for _, f := range c.Needs {
		if !slices.Contains(featureWords[:], string(f)) {
			v.errorf("unknown feature %q", f)
		}
	}
	checkList(v, "needs", c.Needs)
}

// checkList checks that a list holds nothing twice, and is nil when it is empty:
// an empty one would compare as different from what Parse makes of it.
func checkList[T comparable](v *validator, what string, list []T) {
	if list != nil && len(list) == 0 {
		v.errorf("%s is an empty list; leave it nil", what)
	}
	for i, element := range list {
		if slices.Contains(list[:i], element) {
			v.errorf("%s has %v twice", what, element)
		}
	}
}
