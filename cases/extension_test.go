package cases

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

const extensionTestToken = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"

// extensionGrammar is extension-list of RFC 6455, section 9.1, with the implied
// whitespace and the empty elements of RFC 2616.
func extensionGrammar() *regexp.Regexp {
	const space = `[ \t]*`
	quoted := `"(?:\\?` + strings.TrimSuffix(extensionTestToken, "+") + `)+"`
	param := extensionTestToken + "(?:" + space + "=" + space + "(?:" + extensionTestToken + "|" + quoted + "))?"
	extension := extensionTestToken + "(?:" + space + ";" + space + param + ")*"
	return regexp.MustCompile("^(?:" + space + ",)*" + space + extension + "(?:" + space + ",(?:" + space + extension + ")?)*" + space + "$")
}

func TestExtensionOffersKeepOrBreakTheGrammarAsTheirCaseSays(t *testing.T) {
	grammar := extensionGrammar()
	for _, c := range extensionCases() {
		if c.ID == "extension/none-offered" {
			continue
		}
		value := handshakeEdited(c.Steps[0].(Request), extensionField)
		broken := strings.HasPrefix(c.ID, "extension/malformed/") || c.ID == "extension/large/escapes"
		if grammar.MatchString(value) == broken {
			t.Errorf("%s: %.60q, broken: %v", c.ID, value, broken)
		}
	}
}

func TestExtensionMalformedIsNeverAccepted(t *testing.T) {
	for _, c := range extensionsMalformed() {
		for _, a := range handshakeExpectations(c)[0].Alternatives {
			answer, ok := a.Events[0].(AnswerEvent)
			if ok && !slices.ContainsFunc(answer.Checks, func(f FieldCheck) bool { return f.Op == Absent && f.Name == extensionField }) {
				t.Errorf("%s lets the extension be accepted", c.ID)
			}
		}
	}
}

// A server without extensions passes every offer that keeps the grammar.
func TestExtensionDecliningIsLegal(t *testing.T) {
	for _, c := range extensionCases() {
		if strings.HasPrefix(c.ID, "extension/malformed/") {
			continue
		}
		first := handshakeExpectations(c)[0].Alternatives[0]
		answer, ok := first.Events[0].(AnswerEvent)
		if !ok || first.Grade != Pass || !slices.Contains(answer.Status, 101) || len(answer.Checks) > 0 && answer.Checks[0].Op != Absent {
			t.Errorf("%s does not begin with a server that declines", c.ID)
		}
		if len(c.Needs) > 0 {
			t.Errorf("%s needs %v", c.ID, c.Needs)
		}
	}
}
