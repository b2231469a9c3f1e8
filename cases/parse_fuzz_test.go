package cases

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever is read is written and read again as the same, though not all of it
// is valid.
func FuzzParse(f *testing.F) {
	g := newGenerator(3)
	for n := range 20 {
		f.Add([]byte(Format(g.testCase(n))))
	}
	f.Add([]byte("case a\n> close raw \"\\x03\\xe8\"\n| info end\nthen\n< close any; end\nwithin 0s\nthen\n< anything\n"))
	f.Add([]byte("case a\nsubject both\ntitle \"\"\n> request set \"\" \"\" cut=0,-0\n+ raw part\nrepeat 2\ndone\n"))
	f.Add([]byte("case a\nsubject client\n< message\n> echo rsv1\nloop\n< text any; binary any\npause 5ms\ndone\n"))
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
