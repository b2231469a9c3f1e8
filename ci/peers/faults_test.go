package peers

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/spec/notice"
)

// What each client notices is what the table says. What differs is played once more
// with more patience, for a busy machine may keep a client from answering in time.
func TestVerdictsOnFaultsAreThoseOfTheTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("expected", "faults.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range Witnesses() {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			want, version := parseFaultTable(string(text), w.Name)
			got, err := testify(t.Context(), w, notice.Options{})
			switch {
			case errors.Is(err, ErrAbsent):
				t.Skip(err)
			case err != nil:
				t.Fatal(err)
			case major(got.version) != major(version):
				t.Skipf("the table is of %s, and this is %s", version, got.version)
			}
			var differ []string
			for id := range got.words {
				if got.words[id] != want[id] {
					differ = append(differ, id)
				}
			}
			if len(differ) == 0 {
				return
			}
			again, err := testify(t.Context(), w, notice.Options{Faults: differ, Patience: time.Second, AtOnce: 4})
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range differ {
				if again.words[id] != want[id] {
					t.Errorf("%s: %q and %q, but %q in the table, which go run ./cmd/faults writes", id, got.words[id], again.words[id], want[id])
				}
			}
		})
	}
}

// major is a version as far as a table is expected to hold for it.
func major(version string) string {
	fields := strings.Fields(version)
	for i, f := range fields {
		if strings.HasPrefix(f, "v") && fields[max(i-1, 0)] == "Node" || slices.Contains([]string{"Chrome", "Firefox"}, fields[0]) {
			fields[i], _, _ = strings.Cut(f, ".")
		}
	}
	return strings.Join(fields, " ")
}

// parseFaultTable reads the cells of a client, and its version.
func parseFaultTable(text, name string) (words map[string]string, version string) {
	words = map[string]string{}
	column := -1
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if of, v, ok := strings.Cut(cells[0], ": "); ok && of == name {
			version = v
		}
		switch {
		case cells[0] == "fault":
			column = slices.Index(cells, name)
		case column >= 0 && column < len(cells) && reference.CheckFaults(reference.ServerSide, cells[0]) == nil:
			words[cells[0]] = cells[column]
		}
	}
	return words, version
}

func TestTheTableOfFaultsIsReadAsItIsWritten(t *testing.T) {
	table := NewFaultTable()
	for _, w := range Witnesses()[:2] {
		c := faultColumn{name: w.Name, version: "v1", words: map[string]string{"accept-constant": "refused", "rsv1-set": w.Name}}
		table.columns = append(table.columns, c)
	}
	var b strings.Builder
	if err := table.Write(&b); err != nil {
		t.Fatal(err)
	}
	words, version := parseFaultTable(b.String(), "gorilla")
	if got := fmt.Sprint(words, version); got != "map[accept-constant:refused rsv1-set:gorilla]v1" && got != "map[accept-constant:refused rsv1-set:gorilla] v1" {
		t.Errorf("read %s", got)
	}
}
