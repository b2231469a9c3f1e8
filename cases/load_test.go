package cases

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// folder writes files into a folder of the test, and makes it the current one.
func folder(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

const hello = "needs echo\n> text \"Hello\"\n< text \"Hello\"\nclose 1000\n"

func TestFilesAndFoldersOfCasesAreLoaded(t *testing.T) {
	folder(t, map[string]string{
		"b.ws": "# first\n\ncase b\n" + hello + "\ncase c\n" + hello, "a.ws": "case a\n" + hello, "sub/d.ws": "case d\n" + hello,
		"notes.txt": "no case", "sub/.e.ws": "no case", ".git/f.ws": "no case", "other": "case o\n" + hello,
	})
	for _, test := range []struct {
		names []string
		want  []string
	}{
		{[]string{"."}, []string{"a", "b", "c", "d"}},
		{[]string{"sub", "other"}, []string{"d", "o"}},
		{[]string{"b.ws", ".", "./b.ws"}, []string{"b", "c", "a", "d"}},
	} {
		f, err := Load(test.names...)
		if err != nil {
			t.Errorf("%v: %v", test.names, err)
			continue
		}
		if d := cmp.Diff(test.want, f.IDs()); d != "" {
			t.Errorf("%v: %s", test.names, d)
		}
	}
	f, _ := Load("b.ws")
	if at, ok := f.Place("c"); !ok || at.String() != "b.ws:9" {
		t.Errorf("c begins at %v", at)
	}
	if _, ok := f.Place("a"); ok {
		t.Error("a is in no file that was read")
	}
}

func TestOwnCasesReplaceThoseOfTheCatalogue(t *testing.T) {
	folder(t, map[string]string{"my.ws": "case own\n" + hello + "case y\n" + hello})
	f, err := Load("my.ws")
	if err != nil {
		t.Fatal(err)
	}
	all := []Case{{ID: "x"}, {ID: "y", Title: "of the catalogue"}, {ID: "z"}}
	var got []string
	for _, c := range f.Over(all) {
		got = append(got, c.ID+c.Title)
	}
	if d := cmp.Diff([]string{"x", "y", "z", "own"}, got); d != "" || all[1].Title == "" {
		t.Error(d)
	}
}

// What is printed of the whole catalogue is valid as a file of cases.
func TestTheCatalogueCanBeLoaded(t *testing.T) {
	all := All()
	files := map[string]string{}
	for i, c := range all { // in several files, of which none may be too large
		files[string(rune('a'+i%20))+".ws"] += Format(c)
	}
	folder(t, files)
	f, err := Load(".")
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Cases) != len(all) || len(f.Over(all)) != len(all) {
		t.Errorf("%d cases, want %d", len(f.Cases), len(all))
	}
}

func TestEveryFaultOfEveryFileIsToldWithItsPlace(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"what cannot be read", "case a\n> txt \"x\"\n< tex \"x\"\n", []string{
			`f.ws:2:3: unknown frame "txt" (did you mean "text"?)`, `f.ws:3:3: unknown event "tex" (did you mean "text"?)`}},
		{"a requirement that there is not", "case a\nrefs 6455-5.4-9 6455-5.4-99\nalive\n", []string{
			`f.ws:2:17: unknown requirement "6455-5.4-99" (did you mean "6455-5.4-9"?)`}},
		{"a title in a case with other faults", "case a\ntitle \"Ends in a stop.\"\nalife\n", []string{
			`f.ws:2:1: title "Ends in a stop." ends in a full stop`, `f.ws:3:1: unknown line "alife" (did you mean "alive"?)`}},
		{"a case without steps", "# x\ncase a\ncase b\nalive\n", []string{`f.ws:2:6: has no steps`}},
		{"a field", "case a\nneeds echo echo\nalive\n", []string{"f.ws:2:1: needs has echo twice"}},
		{"an alias", "case a\nalias A:b\nalive\n", []string{`f.ws:2:1: alias "A:b" is neither an id nor source:id`}},
		{"a step", "case a\n\nclose 1000\nalive\n", []string{"f.ws:3:1: close can only be the last step"}},
		{"a frame of several", "case a\n> ping \"a\"\n# x\n  > text \"b\" key=12\nalive\n", []string{
			`f.ws:4:18: masking key "12" is not 8 hexadecimal digits`}},
		{"a validated frame of several", "case a\n> ping \"a\"\n# x\n  > text \"b\" deflate\nalive\n", []string{
			"f.ws:4:3: frame 2 is compressed, and no extension was offered"}},
		{"a step of a repeat", "case a\n> ping \"x\"\nrepeat 3\n  alive\n  repeat 2\n    alive\n    shut\n  done\ndone\n", []string{
			"f.ws:7:5: shut cannot be repeated"}},
		{"a step behind a repeat", "case a\nrepeat 3\n  alive\ndone\nclose 1000\nshut\n", []string{"f.ws:5:1: close can only be the last step"}},
		{"a quick step", "case a\nalive\nquick\nalive\nclose 1006\n", []string{
			"f.ws:5:1: close with 1006, which no endpoint may send; spell it out with Send(CloseFrame(1006))"}},
		{"an expectation", "case a\n> text \"x\"\n< text \"x\"\n| lax end\n", []string{"f.ws:3:1: a message must come back, and the case does not need echo"}},
		{"an answer that nobody expects", "case a\nsubject server\n> request\n", []string{"f.ws:3:1: nothing is expected in answer to the last request"}},
		{"no case", "# nothing\n", []string{"f.ws:1:1: there is no case in the file"}},
		{"the same id", "case a\nalive\ncase a\nalive\n", []string{"f.ws:3:6: case a stands on line 1 already"}},
		{"an id of another file", "case a\nalive\n\ncase first\nalive\n", []string{"f.ws:4:6: case first stands in a.ws:2 already"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder(t, map[string]string{"a.ws": "\ncase first\n" + hello, "f.ws": test.text, "z.ws": "case z\nalife\n"})
			_, err := Load(".")
			if err == nil {
				t.Fatal("no error")
			}
			test.want = append(test.want, `z.ws:2:1: unknown line "alife" (did you mean "alive"?)`)
			if d := cmp.Diff(strings.Join(test.want, "\n"), err.Error()); d != "" {
				t.Error(d)
			}
			var fault *ParseError
			if !errors.As(err, &fault) || fault.File != "f.ws" {
				t.Errorf("%v is no ParseError of f.ws", fault)
			}
		})
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	folder(t, map[string]string{"empty/x.txt": "", "large.ws": strings.Repeat("#\n", MaxSource)})
	_, err := Load("nowhere", "empty", "large.ws")
	for _, want := range []string{"nowhere: no such file", "there is no file *.ws in empty", fmt.Sprintf("large.ws: more than the %d octets that are read", MaxSource)} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in %v", want, err)
		}
	}
	if _, err := Load(); err != nil {
		t.Errorf("nothing to load: %v", err)
	}
}

// Whatever a file holds, each fault has a place in it.
func FuzzOwnCases(f *testing.F) {
	for _, c := range All()[:20] {
		f.Add(Format(c))
	}
	f.Add("case a\ntitle \"A.\"\nrepeat 3\n  shut\ndone\nquick\n> ping \"x\" key=1\nclose 1006\nalive\n")
	own := newOwnCases()
	f.Fuzz(func(t *testing.T, text string) {
		p := &parser{file: "f.ws", lines: map[string]int{}, own: own}
		list, err := p.parse([]byte(text))
		var faults ParseErrors
		if errors.As(err, &faults) {
			for _, fault := range faults {
				if lines := strings.Count(text, "\n") + 1; fault.Line < 1 || fault.Line > lines || fault.Column < 1 {
					t.Errorf("%v, of a file with %d lines", fault, lines)
				}
			}
		}
		for _, c := range list {
			if again, err := Parse("again", []byte(Format(c))); err != nil || len(again) != 1 {
				t.Errorf("%s\ndoes not parse again: %v", Format(c), err)
			}
		}
	})
}
