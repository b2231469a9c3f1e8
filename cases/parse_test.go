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
		fmt.Sprintf("more than the %d that are read", MaxSource): strings.Repeat("#", MaxSource+1),
		"repeats stand more than 4 deep":                         "case a\n" + deep,
		"not a number within 1 and 1000":                         "case a\nrepeat 1000\nrepeat 1001\nalive\ndone\ndone\n",
		"too many errors":                                        "case a\n" + strings.Repeat("repeat\n", 1000),
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
