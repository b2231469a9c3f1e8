package cases

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const chat = `title "greets, and sends every message back"
> text "hello"
loop
  < message
  > echo
done
`

func TestAScriptIsFoundByThePathOfItsFile(t *testing.T) {
	folder(t, map[string]string{
		"dir/chat.ws": chat, "dir/index.ws": "case front/door\n" + chat, "dir/a/index.ws": chat,
		"dir/a/b.ws": "# aliases\nalias /B /socket.io/ c\nalive\n", "dir/show.ws": "case x\nsubject both\nalias autobahn:5.6\nalive\n",
		"dir/readme.txt": "no script", "dir/.hidden.ws": "no script",
	})
	list, err := LoadScripts("dir", "/case/")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, s.Case.ID+" "+strings.Join(s.Paths, " "))
	}
	want := []string{"front/door /", "a /a", "a/b /a/b /B /socket.io/ /c", "chat /chat", "x /show"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if list, err := LoadScripts("dir/a/b.ws"); err != nil || list[0].Paths[0] != "/b" {
		t.Errorf("one file: %v, %v", list, err)
	}
	if c := list[3].Case; c.Subject != Client || len(c.Steps) != 2 || list[3].File != "dir/chat.ws" {
		t.Errorf("%+v", list[3])
	}
}

func TestEveryFaultOfScriptsIsToldWithItsPlace(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"what cannot be read", "x", "loop\n  < txt any\ndone\n", `x.ws:2:5: unknown event "txt" (did you mean "text"?)`},
		{"a loop without an end", "x", "loop\n  < message\n", "x.ws:1:1: loop has no end: done is missing"},
		{"a loop that never waits", "x", "\nloop\n  > text \"a\"\ndone\n", "x.ws:2:1: loop without an expectation, alive or pause in it, which would send without end"},
		{"a loop that is not last", "x", chat + "alive\n", "x.ws:3:1: loop can only be the last step"},
		{"a loop in a repeat", "x", "repeat 2\n  loop\n    alive\n  done\ndone\n", "x.ws:2:3: loop can only be the last step"},
		{"an empty loop", "x", "loop\ndone\n", "x.ws:1:1: loop without steps"},
		{"nothing to send back", "x", "> text \"a\"\n> echo\n< message\n", "x.ws:2:1: frame 2 sends back a message, and none has been expected before"},
		{"an echo behind an answer", "x", "> answer\n+ echo\n", "x.ws:1:1: tail 1 sends back a message in the same write as the opening handshake, behind which it comes"},
		{"an echo with a payload", "x", "< message\n> echo \"a\"\n", "x.ws:2:1: frame 1: echo has the payload of what came, and no other"},
		{"a pause without end", "x", "pause 2h\n", "x.ws:1:1: pause 2h0m0s is not within 0 and 1h0m0s"},
		{"for servers", "x", "subject server\nalive\n", "x.ws:1:1: a script is played to clients; the subject cannot be server"},
		{"for pages", "x", "subject page\nalive\n", "x.ws:1:1: tests a page, which has no steps of its own (@)\nx.ws:1:1: a script is played to clients; the subject cannot be page"},
		{"a request", "x", "> request\n< answer 101\n", "x.ws:1:1: a request tests a server; the subject must be Server"},
		{"something to dial", "x", "needs dial\ndial \"ws://{host}/\"\n< declined\n", "x.ws:1:1: a script is played to clients that come by themselves, one connection each: it can need neither dial nor session"},
		{"connections", "x", "\nconnections 2\nalive\n", "x.ws:2:1: a script is played to clients that come by themselves, one connection each"},
		{"two scripts", "x", "alive\ncase b\nalive\n", `x.ws:2:1: a file has one script, and its line "case" is the first if there is one`},
		{"two cases", "x", "case a\nalive\ncase b\nalive\n", `x.ws:3:1: a file has one script, and its line "case" is the first if there is one`},
		{"nothing", "x", "# nothing\n", "x.ws:1:1: there is no script in the file"},
		{"no steps", "x", "\ntitle \"a\"\n", "x.ws:2:1: has no steps"},
		{"no path", "X_y", "alive\n", "X_y.ws:1:1: the path /X_y is not lower-case letters, digits, dots and hyphens, with slashes between its parts; name the file otherwise, and put into it: alias /X_y"},
		{"an alias that is no path", "x", "title \"a\"\nalias /a?b\nalive\n", `x.ws:2:1: alias "/a?b" is no path of letters, digits and -._~@: that begins with a slash`},
		{"a path of another", "x", "alias /first\nalive\n", "x.ws:1:1: the path /first is that of first.ws already"},
		{"a path that is taken", "case/x", "alive\n", "case/x.ws:1:1: the path /case/x is taken: /case/ has a meaning of its own"},
		{"an alias that is taken", "x", "alias /case\nalive\n", "x.ws:1:1: the path /case is taken: /case/ has a meaning of its own"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder(t, map[string]string{"first.ws": chat, test.file + ".ws": test.text, "z.ws": "alife\n"})
			_, err := LoadScripts(".", "/case/")
			if err == nil {
				t.Fatal("no error")
			}
			if d := cmp.Diff(test.want+"\n"+`z.ws:1:1: unknown line "alife" (did you mean "alive"?)`, err.Error()); d != "" {
				t.Error(d)
			}
			if fault, ok := errors.AsType[*ParseError](err); !ok || fault.File != test.file+".ws" {
				t.Errorf("%v is no ParseError", fault)
			}
		})
	}
}

// What is for the server's side makes no sense in a case that a server is tested with.
func TestWhatAServerPlaysIsForClientsAlone(t *testing.T) {
	for _, test := range []struct{ step, want string }{
		{"loop\n  alive\ndone", "f.ws:2:1: loop is for what is played to clients; the subject must be client"},
		{"pause 1s", "f.ws:2:1: pause is for what is played to clients; the subject must be client"},
		{"< message\n> echo", "f.ws:3:1: echo is for what is played to clients; the subject must be client"},
	} {
		folder(t, map[string]string{"f.ws": "case a\n" + test.step + "\n"})
		if _, err := Load("f.ws"); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v", test.step, err)
		}
		folder(t, map[string]string{"f.ws": "case a\nsubject client\n" + test.step + "\n"})
		if _, err := Load("f.ws"); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatAServerPlaysIsToldInWords(t *testing.T) {
	got, _ := Describe(Expect(AnyText(), Maybe(AnyBinary()), AnyMessage()))
	if want := "any text message, then perhaps any binary message, then any message"; got != want {
		t.Error(got)
	}
	if got := DescribeFrame(Back().Part()); got != "the same message back, not final" {
		t.Error(got)
	}
}

// A script is printed as a case and read again as the same, and each of its faults has
// a place in it.
func FuzzScript(f *testing.F) {
	f.Add(chat)
	f.Add("case a\nalias /A/b c\n< text any\n> echo part\npause 5ms\nloop\n  < binary any\n  | lax message; end\ndone\n")
	f.Add("> answer status \"403 Forbidden\" raw \"x\"\n< refuse\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseScript("f.ws", "id", []byte(text))
		if faults, ok := errors.AsType[ParseErrors](err); ok {
			for _, fault := range faults {
				if lines := strings.Count(text, "\n") + 1; fault.Line < 1 || fault.Line > lines || fault.Column < 1 {
					t.Errorf("%v, of a file with %d lines", fault, lines)
				}
			}
			return
		}
		again, err := ParseScript("f.ws", "id", []byte(Format(c)))
		if err != nil || !reflect.DeepEqual(c, again) {
			t.Errorf("%v\n%s", err, cmp.Diff(c, again))
		}
	})
}
