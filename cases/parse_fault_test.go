package cases

import (
	"errors"
	"strings"
	"testing"
)

// faulty is the second line of a file, and its fault without the file's name.
type faulty struct{ line, want string }

func expectFaults(t *testing.T, tests []faulty) {
	t.Helper()
	for _, tt := range tests {
		_, err := parse("case a\n" + tt.line)
		var faults ParseErrors
		if !errors.As(err, &faults) || !strings.HasPrefix(faults[0].Error(), "file:"+tt.want) {
			t.Errorf("%s\n got %v\nwant file:%s", tt.line, err, tt.want)
		}
	}
}

func TestAFaultInWhatIsSentIsToldWithItsPlace(t *testing.T) {
	expectFaults(t, []faulty{
		{`> txet "a"`, `2:3: unknown frame "txet" (did you mean "text"?)`},
		{`> requst drop "Host"`, `2:3: unknown frame "requst" (did you mean "request"?)`},
		{`> op8 "a"`, `2:3: op8 is not one of the reserved opcodes, op3 to op7 and op11 to op15`},
		{`> text "κό" prat`, `2:13: unknown attribute "prat" (did you mean "part"?)`},
		{`> text "a" part part`, `2:17: part stands here already`},
		{`> text masked unmasked`, `2:15: masked and unmasked at once`},
		{`> text len16 len64`, `2:14: len16 and len64 at once`},
		{`> text key=37fa21`, `2:12: masking key "37fa21" is not 8 hexadecimal digits`},
		{`> text length=0`, `2:15: the length is "0", not a number of 64 bits above 0`},
		{`> text chop=0`, `2:13: the size of the pieces is "0", not a number within 1 and 1073741824`},
		{`> text chop 5`, `2:13: "=" is missing`},
		{`> text "a" "b"`, `2:12: unexpected "b"`},
		{`> text "a" # note`, `2:12: a comment has a line of its own`},
		{`> close "bye"`, `2:9: a status code comes before the reason; a body as it is comes behind "close raw"`},
		{`> close 65536`, `2:9: the close code is "65536", not a number within 0 and 65535`},
		{`>`, `2:2: the frame is missing`},
		{`+ text`, `2:1: a frame behind + goes out with a request or an answer, and there is none before it`},
		{`> request sett "Host" "a"`, `2:11: unknown edit "sett" (did you mean "set"?)`},
		{`> request set Host "a"`, `2:15: the name of the field is missing, in quotes`},
		{`> request set "Host"`, `2:21: the value of set is missing; write "" for an empty one`},
		{`> answer staus "200 OK"`, `2:10: unknown edit "staus" (did you mean "status"?)`},
		{`> text fragments=0`, `2:18: the size of the fragments is "0"`},
		{`dial`, `2:5: the URL is missing, in quotes`},
		{`dial "" offers "a"`, `2:9: unknown offer "offers"`},
		{"quick", `2:1: quick stands behind the steps that it replaces`},
		{"alive\nquick\nalive\nquick", `5:1: quick stands here already`},
		{"alive\nquick\nalive\nrefs 6455-5.2-1", `5:1: refs stands before the first step`},
		{`> request chop=1 chop=2`, `2:18: chop stands here already`},
	})
}

func TestAFaultInAPayloadIsToldWithItsPlace(t *testing.T) {
	expectFaults(t, []faulty{
		{`> text "a`, `2:8: the string has no closing quote`},
		{`> text "a\q"`, `2:10: the escape "\\q\"" is not one of Go's`},
		{"> text \"\xff\"", `2:9: octet \xff is not UTF-8; write it as an escape`},
		{`> text ""*5`, `2:8: an empty string cannot be repeated`},
		{`> text "a"*2000000000`, `2:12: the number of repetitions is "2000000000", not a number within 1 and 1073741824`},
		{`> text fill("a" 5)`, `2:17: "," is missing`},
		{`> text fill("", 5)`, `2:13: an empty string cannot be repeated`},
		{`> text random(1, 0)`, `2:18: the number of the random stream is "0", not a number within 1 and 1048576`},
		{`> text "a"*1073741824 + "b"`, `2:25: a payload of more than 1073741824 octets`},
		{`> text corpus(jsno, 5)`, `2:15: unknown corpus "jsno" (did you mean "json"?)`},
		{`> text corpus(json, 0)`, `2:21: the size is "0"`},
		{`> text corpus(json, 5, 0)`, `2:24: the offset is "0"`},
		{`> text "a" + part`, `2:14: a payload is "...", "..."*3, fill("...", 5), random(5, 1) or corpus(json, 5)`},
	})
}

func TestAFaultInAStepIsToldWithItsPlace(t *testing.T) {
	expectFaults(t, []faulty{
		{`alive # note`, `2:7: a comment has a line of its own`},
		{`< ping "a"`, `2:3: unknown event "ping"`},
		{`< tetx "a"`, `2:3: unknown event "tetx" (did you mean "text"?)`},
		{`< close`, `2:8: the close code is missing; write 1005 for none, any for whatever is legal`},
		{`< fail 1002,`, `2:13: the close code is missing`},
		{`< maybe maybe end`, `2:9: maybe within maybe`},
		{`< answer 3xx`, `2:10: the status is "3xx", not a number within 100 and 599, nor 4xx or 5xx`},
		{`< answer 101 wiht "a" "b"`, `2:14: unknown check "wiht" (did you mean "with"?)`},
		{`| lux end`, `2:3: unknown grade "lux" (did you mean "lax"?)`},
		{`| error end`, `2:3: unknown grade "error"`},
		{`; end`, `2:1: unknown line ";"`},
		{`"a"`, `2:1: unknown line "a"`},
		{`within 1s`, `2:1: within follows the lines of an expectation`},
		{`else lax`, `2:1: else follows the lines of an expectation`},
		{`flush`, `2:1: flush stands between two sends of frames`},
		{`then`, `2:1: then stands between two expectations`},
		{`clsoe 1000`, `2:1: unknown line "clsoe" (did you mean "close"?)`},
		{`open extension "a"`, `2:6: unknown offer "extension" (did you mean "extensions"?)`},
		{`repeat 0`, `2:8: the number of repetitions is "0", not a number within 1 and 1000000`},
		{`done`, `2:1: done without a repeat`},
		{`  repeat 2`, `2:3: repeat has no end: done is missing`},
	})
}

func TestAFaultInAFieldIsToldWithItsPlace(t *testing.T) {
	expectFaults(t, []faulty{
		{`titel "a"`, `2:1: unknown line "titel" (did you mean "title"?)`},
		{`title a`, `2:7: the title is missing, in quotes`},
		{`level must`, `2:7: unknown level "must" (did you mean "MUST"?)`},
		{`subject sever`, `2:9: unknown subject "sever" (did you mean "server"?)`},
		{`needs`, `2:6: the feature is missing`},
		{`needs ecko`, `2:7: unknown feature "ecko" (did you mean "echo"?)`},
		{`refs`, `2:5: a requirement is missing`},
		{`timeout 60`, `2:9: the timeout is "60", not a duration such as 60s or 1500ms`},
		{`connections many`, `2:13: the number of connections is "many", not a number within 0 and 10000`},
		{`case a`, `2:6: case a stands on line 1 already`},
		{`case A`, `2:6: id "A" is not lower-case letters, digits, dots and hyphens, with slashes between its parts`},
	})
}
