package cases

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

const golden = "testdata/catalog.golden"

// reparse checks that the case is the same after Format and Parse.
func reparse(t *testing.T, c Case) {
	t.Helper()
	text := Format(c)
	back, err := Parse(c.ID, []byte(text))
	if err != nil {
		t.Errorf("%v\nin\n%s", err, text)
		return
	}
	if want := []Case{c}; !reflect.DeepEqual(back, want) {
		t.Errorf("the case is another one after Format and Parse (-before +after):\n%s\nin\n%s", cmp.Diff(want, back), text)
	}
}

func TestTheCatalogueSurvivesTheNotation(t *testing.T) {
	for _, c := range All() {
		reparse(t, c)
	}
}

func TestTheCatalogueIsValid(t *testing.T) {
	for _, err := range ValidateAll(All()) {
		t.Error(err)
	}
}

func TestTheCatalogueIsAsReviewed(t *testing.T) {
	text := FormatAll(All())
	if *update {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs from the catalogue; when the change is meant, write it with\n\tgo test ./cases -update\n(-golden +catalogue):\n%s",
			golden, differingCases(string(want), text))
	}
}

// differingCases tells which cases two catalogues do not share, and shows the
// first of those that have changed.
func differingCases(before, after string) string {
	old, current := byID(before), byID(after)
	ids := slices.Sorted(maps.Keys(old))
	for _, id := range slices.Sorted(maps.Keys(current)) {
		if _, both := old[id]; !both {
			ids = append(ids, id)
		}
	}
	var out strings.Builder
	differ := 0
	for _, id := range ids {
		was, is := old[id], current[id]
		if was == is {
			continue
		}
		switch differ++; {
		case differ > 10:
		case was == "":
			fmt.Fprintf(&out, "+ %s\n", id)
		case is == "":
			fmt.Fprintf(&out, "- %s\n", id)
		default:
			fmt.Fprintf(&out, "%s:\n%s\n", id, cmp.Diff(strings.Split(was, "\n"), strings.Split(is, "\n")))
		}
	}
	if differ == 0 {
		return "the same cases in another order"
	}
	fmt.Fprintf(&out, "%d in all", differ)
	return out.String()
}

// byID is the text of each case of a catalogue.
func byID(catalogue string) map[string]string {
	texts := map[string]string{}
	for text := range strings.SplitSeq(catalogue, "\n\n") {
		id, _, _ := strings.Cut(text, "\n")
		if text != "" {
			texts[id] = strings.TrimSpace(text)
		}
	}
	return texts
}

func TestAStepIsReadAsItIsPrinted(t *testing.T) {
	g := newGenerator(5)
	for n := range 100 {
		for _, step := range g.testCase(n).Steps {
			back, err := Parse("step", []byte("case a\n"+FormatStep(step)))
			if err != nil || len(back[0].Steps) != 1 || !reflect.DeepEqual(back[0].Steps[0], step) {
				t.Fatalf("%v\n%s", err, FormatStep(step))
			}
		}
	}
	if got := FormatStep(Send(Ping("a"), Pong("b"))); got != "> ping \"a\"\n> pong \"b\"" {
		t.Error(got)
	}
}

// Every field of the model and every kind of step, event and edit is used by the
// generated cases, so that nothing can be added to the model and be forgotten in
// the notation.
func TestAllOfTheModelSurvivesTheNotation(t *testing.T) {
	g := newGenerator(1)
	used := map[string]bool{}
	for n := range 500 {
		c := g.testCase(n)
		for _, err := range Validate(c) {
			t.Fatal(err, "\n", Format(c))
		}
		reparse(t, c)
		if t.Failed() {
			return
		}
		use(reflect.ValueOf(c), used)
	}
	for _, typ := range modelTypes() {
		for i := range typ.NumField() {
			if name := typ.Name() + "." + typ.Field(i).Name; !used[name] {
				t.Errorf("%s is not used by any generated case", name)
			}
		}
		if !used[typ.Name()] {
			t.Errorf("%s is not used by any generated case", typ.Name())
		}
	}
	for op := range SetAll + 1 {
		if !used[fmt.Sprint("EditOp ", op)] {
			t.Errorf("edit %d is not used by any generated case", op)
		}
	}
}

func modelTypes() []reflect.Type {
	var types []reflect.Type
	for _, v := range []any{
		Case{}, OpenStep{}, Request{}, SendStep{}, Expectation{}, AliveStep{}, CloseStep{}, ShutStep{},
		ResetStep{}, RepeatStep{}, PauseStep{}, MessageEvent{}, Frame{}, CloseEvent{}, EndEvent{}, FailEvent{}, AnswerEvent{},
		RefuseEvent{}, MaybeEvent{}, WaitEvent{}, AnyEvent{}, Alternative{}, FieldCheck{}, Edit{}, Chunk{},
	} {
		types = append(types, reflect.TypeOf(v))
	}
	return types
}

// use notes which fields of structures, and which edits, have been used.
func use(v reflect.Value, used map[string]bool) {
	switch v.Kind() {
	case reflect.Struct:
		used[v.Type().Name()] = true
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				used[v.Type().Name()+"."+v.Type().Field(i).Name] = true
			}
			use(v.Field(i), used)
		}
	case reflect.Slice:
		for i := range v.Len() {
			use(v.Index(i), used)
		}
	case reflect.Interface:
		use(v.Elem(), used)
	default:
		if op, ok := v.Interface().(EditOp); ok {
			used[fmt.Sprint("EditOp ", op)] = true
		}
	}
}

func TestACaseIsReadableInTheNotation(t *testing.T) {
	c := sound()
	c.Note = "pongs may overtake"
	want := `case fragment/ping-between
title "a ping between two fragments is answered"
refs 6455-5.4-9
needs echo
alias autobahn:5.6
note "pongs may overtake"
> text "frag" part
> ping "mid"
> cont "ment"
< pong "mid"
< text "fragment"
close 1000
`
	if diff := cmp.Diff(want, Format(c)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
