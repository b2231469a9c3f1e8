package cases

import (
	"os"
	"strings"
	"testing"
)

// The cases in the manual are what it says that they are.
func TestTheCasesInTheManualAreValid(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var examples []string
	for paragraph := range strings.SplitSeq(string(text), "\n//\n") {
		if strings.HasPrefix(paragraph, "//\tcase ") {
			examples = append(examples, strings.ReplaceAll(paragraph, "//\t", "")+"\n")
		}
	}
	if len(examples) != 2 {
		t.Errorf("%d cases in the manual, want 2", len(examples))
	}
	for _, example := range examples {
		p := &parser{file: "doc.go", lines: map[string]int{}, own: newOwnCases()}
		list, err := p.parse([]byte(example))
		if err != nil {
			t.Errorf("%s\n%v", example, err)
		} else if got := FormatAll(list); got != example {
			t.Errorf("the canonical form of\n%s\nis\n%s", example, got)
		}
	}
}

// Every word of the notation stands in the manual.
func TestTheManualNamesEveryWord(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	manual := strings.FieldsFunc(string(text), func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-", r) })
	known := map[string]bool{}
	for _, w := range manual {
		known[w] = true
	}
	var words []string
	words = append(words, fieldWords[:]...)
	words = append(words, stepWords[:]...)
	words = append(words, featureWords[:]...)
	words = append(words, editWords[:]...)
	words = append(words, checkWords[:]...)
	words = append(words, rsvWords[:]...)
	for _, o := range opcodeWords {
		words = append(words, o.word)
	}
	for _, w := range words {
		if !known[w] {
			t.Errorf("the manual does not name %q", w)
		}
	}
}
