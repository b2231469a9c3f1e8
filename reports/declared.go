package reports

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/runner"
)

// A Declaration is a feature that a peer is said to have, or not to have. A run that
// finds it otherwise skips the cases that need it without a word, which is no success
// for who declares it.
type Declaration struct{ Name, Value string }

// A declarable is a feature that can be declared.
type declarable struct {
	name   string
	values string                         // that it takes, in words
	valid  func(value string) bool        // besides yes and no
	found  func(f runner.Features) string // the value that a run found; empty for none
	words  func(f runner.Features) string // the same for people; nil for the value
	server bool                           // only servers are asked
}

// yesOrNo and windowBits are what features have for values.
const (
	yesOrNo    = "yes or no"
	windowBits = "no, or from 8 to 15"
)

// declarables are all features that can be declared, by the names of the table of
// features.
func declarables() []declarable {
	parameter := func(name string, agrees func(c *runner.Compression) bool) declarable {
		return declarable{name: name, values: yesOrNo, server: true, found: func(f runner.Features) string {
			return yesNo(f.Compression != nil && agrees(f.Compression))
		}}
	}
	bits := func(name string, of func(c *runner.Compression) int) declarable {
		return declarable{name: name, values: windowBits, valid: isWindow, server: true, found: func(f runner.Features) string {
			if f.Compression == nil || of(f.Compression) == 0 {
				return "no"
			}
			return strconv.Itoa(of(f.Compression))
		}}
	}
	return []declarable{
		{name: "echo", values: yesOrNo, found: func(f runner.Features) string { return yesNo(f.Echo) }},
		{name: "pings", values: yesOrNo, found: func(f runner.Features) string { return finding(f.Pings, "yes", "no") }},
		{name: "subprotocols", values: "none, chat, superchat, or both", valid: areSubprotocols, found: func(f runner.Features) string {
			return listed(sorted(f.Subprotocols), "none")
		}},
		{
			name: "compression", values: yesOrNo,
			found: func(f runner.Features) string { return yesNo(f.Deflate != "") },
			words: func(f runner.Features) string { return orElse(f.Deflate, "none") },
		},
		parameter("server_no_context_takeover", func(c *runner.Compression) bool { return c.ServerNoTakeover }),
		parameter("client_no_context_takeover", func(c *runner.Compression) bool { return c.ClientNoTakeover }),
		bits("server_max_window_bits", func(c *runner.Compression) int { return c.ServerBits }),
		bits("client_max_window_bits", func(c *runner.Compression) int { return c.ClientBits }),
	}
}

func isWindow(value string) bool {
	n, err := strconv.Atoi(value)
	return err == nil && n >= 8 && n <= 15
}

// areSubprotocols reports whether the value lists subprotocols that runs ask for.
func areSubprotocols(value string) bool {
	for name := range strings.SplitSeq(value, ",") {
		if name = strings.TrimSpace(name); name != "chat" && name != "superchat" {
			return value == "none"
		}
	}
	return true
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// DeclarableFeatures are the names of all features that can be declared, each with
// the values that it takes, in words.
func DeclarableFeatures() (list []Declaration) {
	for _, d := range declarables() {
		list = append(list, Declaration{d.name, d.values})
	}
	return list
}

// ErrFeatureValue is in errors about the value of a feature that there is.
var ErrFeatureValue = errors.New("a feature has no such value")

// OfServers reports whether a run finds out the feature of servers alone.
func (d Declaration) OfServers() bool {
	return slices.ContainsFunc(declarables(), func(one declarable) bool { return one.name == d.Name && one.server })
}

// ParseDeclaration reads a declaration such as "compression=yes". What YAML calls a
// boolean is taken as yes and no.
func ParseDeclaration(text string) (Declaration, error) {
	name, value, _ := strings.Cut(text, "=")
	value = strings.TrimSpace(value)
	if yes, err := strconv.ParseBool(value); err == nil && len(value) > 1 {
		value = yesNo(yes)
	}
	var names []string
	for _, d := range declarables() {
		names = append(names, d.name)
		if d.name != name {
			continue
		}
		yes := value == "yes" || value == "no"
		if d.values == yesOrNo && yes || d.values == windowBits && value == "no" || d.valid != nil && d.valid(value) {
			return Declaration{name, canonical(value)}, nil
		}
		return Declaration{}, fmt.Errorf("%w: %s is %s, and not %q", ErrFeatureValue, name, d.values, value)
	}
	return Declaration{}, fmt.Errorf("there is no feature %q: there are %s", name, strings.Join(names, ", "))
}

// canonical is a list in the order and form in which it is compared.
func canonical(value string) string {
	list := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	slices.Sort(list)
	return strings.Join(slices.Compact(list), ", ")
}

// A Difference is a feature that is found to be another than declared.
type Difference struct {
	Declaration
	Found string // in words
}

// Differences are those between what is declared of a peer and what a run found. A
// run whose opening handshake does not succeed finds nothing.
func Differences(list []Declaration, f runner.Features) (differences []Difference) {
	if !f.Handshake {
		return nil
	}
	for _, d := range declarables() {
		for _, declared := range list {
			if declared.Name != d.name {
				continue
			}
			found := d.found(f)
			if d.server && f.Client {
				found = ""
			}
			if found == declared.Value {
				continue
			}
			if found != "" && d.words != nil {
				found = d.words(f)
			}
			differences = append(differences, Difference{declared, orElse(found, "nothing: the run does not tell")})
		}
	}
	return differences
}

func (d *Difference) String() string { return fmt.Sprintf("declared %s, found %s", d.Value, d.Found) }

// WriteDifferences writes what is found to be other than declared, for people.
func WriteDifferences(w io.Writer, declared int, list []Difference) error {
	text := ""
	for i := range list {
		text += fmt.Sprintf("unexpected feature %s: %s\n", list[i].Name, Visible(list[i].String()))
	}
	text += fmt.Sprintf("declared: %s as declared, %d not\n", plural(declared-len(list), "feature"), len(list))
	_, err := io.WriteString(w, text)
	return err
}

// DifferenceAnnotations writes them as Annotations does.
func DifferenceAnnotations(w io.Writer, list []Difference) error {
	for i := range list {
		if _, err := fmt.Fprintf(w, "::error title=%s::%s\n", annotationProperty("feature "+list[i].Name), annotationText(oneLine(list[i].String()))); err != nil {
			return err
		}
	}
	return nil
}
