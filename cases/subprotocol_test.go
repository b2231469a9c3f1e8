package cases

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// subprotocolGrammar is 1#token of RFC 6455, section 4.1, without empty elements.
func subprotocolGrammar() *regexp.Regexp {
	return regexp.MustCompile("^" + extensionTestToken + "(?:[ \t]*,[ \t]*" + extensionTestToken + ")*$")
}

// subprotocolNames replaces the placeholders as a run does.
func subprotocolNames(s string) string {
	return strings.NewReplacer("{chat}", "chat", "{CHAT}", "CHAT", "{superchat}", "superchat").Replace(s)
}

func TestSubprotocolOffersKeepOrBreakTheGrammarAsTheirCaseSays(t *testing.T) {
	grammar := subprotocolGrammar()
	lenient := []string{
		"subprotocol/list/empty-elements", "subprotocol/list/comma-behind",
		"subprotocol/large/list-of-64-kib", "subprotocol/large/spaces-inside",
	}
	for _, c := range subprotocolCases() {
		if c.ID == "subprotocol/none-offered" || slices.Contains(lenient, c.ID) {
			continue
		}
		value := subprotocolNames(handshakeEdited(c.Steps[0].(Request), subprotocolField))
		broken := strings.HasPrefix(c.ID, "subprotocol/malformed/")
		if grammar.MatchString(value) == broken {
			t.Errorf("%s: %.60q, broken: %v", c.ID, value, broken)
		}
	}
}

// Only where a supported subprotocol can be chosen must the server have one.
func TestSubprotocolIsNeededWhereOneIsExpected(t *testing.T) {
	for _, c := range subprotocolCases() {
		expects := slices.ContainsFunc(handshakeChecks(c, subprotocolField), func(f FieldCheck) bool {
			return f.Op == Equals && strings.Contains(f.Value, "{")
		})
		if expects != slices.Contains(c.Needs, Subprotocol) {
			t.Errorf("%s expects a supported subprotocol: %v; it needs %v", c.ID, expects, c.Needs)
		}
	}
}

func TestSubprotocolExpectedIsOneOfTheOffered(t *testing.T) {
	for _, c := range subprotocolCases() {
		var offered []string
		for _, e := range c.Steps[0].(Request).Edits {
			if strings.EqualFold(e.Name, subprotocolField) {
				for name := range strings.SplitSeq(string(e.Value.Append(nil, 0)), ",") {
					offered = append(offered, strings.Trim(name, " \t"))
				}
			}
		}
		for _, f := range handshakeChecks(c, subprotocolField) {
			if f.Op == Equals && !slices.Contains(offered, f.Value) {
				t.Errorf("%s expects %s of %q", c.ID, f.Value, offered)
			}
		}
	}
}

func TestSubprotocolTokenHasEveryCharacterOnce(t *testing.T) {
	for c := byte(0); c < 128; c++ {
		legal := c > ' ' && c < 127 && !strings.ContainsRune(`()<>@,;:\"/[]?={}`, rune(c))
		if n := strings.Count(subprotocolTokenCharacters, string(rune(c))); n > 1 || (n == 1) != legal {
			t.Errorf("%q is there %d times", c, n)
		}
	}
}
