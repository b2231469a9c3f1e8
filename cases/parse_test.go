package cases

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func parse(text string) ([]Case, error) { return Parse("file", []byte(text)) }

func TestWhatPeopleWriteIsRead(t *testing.T) {
	c := Case{ID: "a", Steps: steps(
		Send(Text("x").Cut(1, 2)),
		Expect(Closes(1000, NoCode), End()).OrLax(Text("a;b"), End()).For(time.Second),
	)}
	tests := map[string]string{
		"fields in any order, comments and empty lines": "\n# a comment\ncase a\n\n  # another\n" +
			"> text \"x\" cut=1,2\n< close 1000,1005\n< end\n| lax text \"a;b\"; end\nwithin 1s\n",
		"tabs, spaces and CR LF": "\tcase a\r\n>\ttext  \"x\" cut = 1 , 2 \r\n<close 1000, 1005;end\r\n" +
			"|lax text \"a;b\";end\r\nwithin 1000ms",
		"a byte order mark":        "\ufeffcase a\n>text \"\"+\"x\"cut=1,2\n<close 1000,1005\n<end\n|lax text\"a;b\" ; end\nwithin 1s",
		"bounds between the lines": "case a\nsubject both\n> text \"\\x78\" cut=1,2\n< close 1000,1005\n< end\nwithin 1s\n| lax text \"a;b\"; end\n",
		"an expectation between comments": "case a\n> text \"x\" cut=1,2\n< close 1000,1005\n# then\n\n< end\n" +
			"| lax text \"a\\x3bb\"; end\nwithin 1s",
	}
	for name, text := range tests {
		got, err := parse(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !reflect.DeepEqual(got, []Case{c}) {
			t.Errorf("%s:\n%s", name, cmp.Diff([]Case{c}, got))
		}
	}
}

func TestSeparatorsKeepStepsApart(t *testing.T) {
	c := Case{ID: "a", Steps: steps(
		Send(Ping("1"), Ping("2")), Send(Ping("3")),
		Expect(Pong("1")), Expect(Pong("3")).OrLax(End()), Expectation{Alternatives: Expect().OrInfo(End()).Alternatives[1:]},
		Repeat(2, Send(Ping("")), Repeat(3, Alive()), Send(Ping(""))), Send(Ping("")),
	)}
	text := "case a\n> ping \"1\"\n> ping \"2\"\nflush\n> ping \"3\"\n< pong \"1\"\nthen\n< pong \"3\"\n| lax end\nthen\n| info end\n" +
		"repeat 2\n  > ping\n  repeat 3\n    alive\n  done\n  > ping\ndone\n> ping\n"
	if diff := cmp.Diff(text, Format(c)); diff != "" {
		t.Errorf("Format (-want +got)\n%s", diff)
	}
	reparse(t, c)
}

func TestAFaultIsToldWithItsPlace(t *testing.T) {
	const begin = "case a\n" // so that the line is the second
	tests := []struct{ line, want string }{
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
		{`alive # note`, `2:7: a comment has a line of its own`},
		{`> text "a`, `2:8: the string has no closing quote`},
		{`> text "a\q"`, `2:10: the escape "\\q\"" is not one of Go's`},
		{"> text \"\xff\"", `2:9: octet \xff is not UTF-8; write it as an escape`},
		{`> text ""*5`, `2:8: an empty string cannot be repeated`},
		{`> text "a"*2000000000`, `2:12: the number of repetitions is "2000000000", not a number within 1 and 1073741824`},
		{`> text fill("a" 5)`, `2:17: "," is missing`},
		{`> text fill("", 5)`, `2:13: an empty string cannot be repeated`},
		{`> text random(1, 0)`, `2:18: the number of the random stream is "0", not a number within 1 and 1048576`},
		{`> text "a"*1073741824 + "b"`, `2:25: a payload of more than 1073741824 octets`},
		{`> text "a" + part`, `2:14: a payload is "...", "..."*3, fill("...", 5) or random(5, 1)`},
		{`> close "bye"`, `2:9: a status code comes before the reason; a body as it is comes behind "close raw"`},
		{`> close 65536`, `2:9: the close code is "65536", not a number within 0 and 65535`},
		{`>`, `2:2: the frame is missing`},
		{`+ text`, `2:1: a frame behind + goes out with a request, and there is none before it`},
		{`> request sett "Host" "a"`, `2:11: unknown edit "sett" (did you mean "set"?)`},
		{`> request set Host "a"`, `2:15: the name of the field is missing, in quotes`},
		{`> request set "Host"`, `2:21: the value of set is missing; write "" for an empty one`},
		{`> request chop=1 chop=2`, `2:18: chop stands here already`},
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
		{`titel "a"`, `2:1: unknown line "titel" (did you mean "title"?)`},
		{`title a`, `2:7: the title is missing, in quotes`},
		{`level must`, `2:7: unknown level "must" (did you mean "MUST"?)`},
		{`subject sever`, `2:9: unknown subject "sever" (did you mean "server"?)`},
		{`needs`, `2:6: the feature is missing`},
		{`needs ecko`, `2:7: unknown feature "ecko" (did you mean "echo"?)`},
		{`refs`, `2:5: a requirement is missing`},
		{`timeout 60`, `2:9: the timeout is "60", not a duration such as 60s or 1500ms`},
		{`connections many`, `2:13: the number of connections is "many", not a number within 0 and 10000`},
		{`open extension "a"`, `2:6: unknown offer "extension" (did you mean "extensions"?)`},
		{`repeat 0`, `2:8: the number of repetitions is "0", not a number within 1 and 1000000`},
		{`done`, `2:1: done without a repeat`},
		{`  repeat 2`, `2:3: repeat has no end: done is missing`},
		{`case a`, `2:6: case a stands on line 1 already`},
		{`case A`, `2:6: id "A" is not lower-case letters, digits, dots and hyphens, with slashes between its parts`},
	}
	for _, tt := range tests {
		_, err := parse(begin + tt.line)
		var faults ParseErrors
		if !errors.As(err, &faults) || !strings.HasPrefix(faults[0].Error(), "file:"+tt.want) {
			t.Errorf("%s\n got %v\nwant file:%s", tt.line, err, tt.want)
		}
	}
}

func TestEveryFaultOfAFileIsTold(t *testing.T) {
	_, err := parse(`text "before"
case a
title "a"
title "b"
refs A B
> txet "a"
+ text "goes with what is unclear"
> text "a"
flush
alive
title "late"
< end
within 1s
within 2s
< end
repeat 2
  > pingg
  flush
  > ping
case b
subject nobody
> request
then
`)
	want := []string{
		`file:1:1: a file begins with a line such as "case family/name"`,
		`file:4:1: title stands here already`,
		`file:6:3: unknown frame "txet" (did you mean "text"?)`,
		`file:9:1: flush stands between two sends of frames`,
		`file:11:1: title stands before the first step`,
		`file:14:1: within stands here already`,
		`file:15:1: the expectation before has ended; put a line "then" between the two`,
		`file:16:1: repeat has no end: done is missing`,
		`file:17:5: unknown frame "pingg" (did you mean "ping"?)`,
		`file:21:9: unknown subject "nobody"`,
		`file:23:1: then stands between two expectations`,
	}
	if diff := cmp.Diff(strings.Join(want, "\n"), fmt.Sprint(err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	var one *ParseError
	if !errors.As(err, &one) || one.Line != 1 {
		t.Errorf("errors.As finds %v, want the first fault", one)
	}
}

func TestWhatIsReadIsBounded(t *testing.T) {
	deep := strings.Repeat("repeat 1\n", MaxNesting+1) + "alive\n" + strings.Repeat("done\n", MaxNesting+1)
	tests := map[string]string{
		"more than the 1048576 that are read": strings.Repeat("#", MaxSource+1),
		"repeats stand more than 4 deep":      "case a\n" + deep,
		"not a number within 1 and 1000":      "case a\nrepeat 1000\nrepeat 1001\nalive\ndone\ndone\n",
		"too many errors":                     "case a\n" + strings.Repeat("repeat\n", 1000),
	}
	for want, text := range tests {
		_, err := parse(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %.200q, want %s", fmt.Sprint(err), want)
		}
	}
}

// A file that ends anywhere is read or refused, and never a reason to panic.
func TestAFileMayEndAnywhere(t *testing.T) {
	g := newGenerator(2)
	for n := range 5 {
		text := Format(g.testCase(n))
		for end := range text {
			if all, err := parse(text[:end]); err == nil && len(all) > 1 {
				t.Fatalf("%d cases from the first %d octets of one", len(all), end)
			}
		}
	}
}

// Whatever is read is written and read again as the same, though not all of it
// is valid.
func FuzzParse(f *testing.F) {
	g := newGenerator(3)
	for n := range 20 {
		f.Add([]byte(Format(g.testCase(n))))
	}
	f.Add([]byte("case a\n> close raw \"\\x03\\xe8\"\n| info end\nthen\n< close any; end\nwithin 0s\nthen\n< anything\n"))
	f.Add([]byte("case a\nsubject both\ntitle \"\"\n> request set \"\" \"\" cut=0,-0\n+ raw part\nrepeat 2\ndone\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		all, err := Parse("file", src)
		if err != nil {
			return
		}
		text := FormatAll(all)
		again, err := Parse("file", []byte(text))
		if len(text) <= MaxSource && (err != nil || !reflect.DeepEqual(all, again)) {
			t.Errorf("%v\n%s\nin\n%s", err, cmp.Diff(all, again), text)
		}
		ValidateAll(all)
	})
}

func BenchmarkFormat(b *testing.B) {
	all := manyCases()
	for b.Loop() {
		b.SetBytes(int64(len(FormatAll(all))))
	}
}

func BenchmarkParse(b *testing.B) {
	src := []byte(FormatAll(manyCases()))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := Parse("file", src); err != nil {
			b.Fatal(err)
		}
	}
}

// manyCases are 2,000 of the size that those of the catalogue have.
func manyCases() []Case {
	var all []Case
	for n := range 2000 {
		c := sound()
		c.ID = fmt.Sprintf("fragment/ping-between-%d", n)
		c.Alias = nil
		all = append(all, c)
	}
	return all
}
