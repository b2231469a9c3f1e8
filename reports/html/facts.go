package html

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/reports"
)

// A fact is one thing that is known of an agent or of its run.
type fact struct {
	Name, Value string
	Inner       bool   // it belongs to the fact above it
	Declared    string // what was declared in place of what was found; empty where both are the same
}

// lead says who was tested, and when.
func lead(a *agent) string {
	r := a.Report
	words := fmt.Sprintf("%s, %s", visible(r.Target), plural(len(r.Results), "case"))
	if !r.Started.IsZero() {
		words += ", " + r.Started.UTC().Format("2 January 2006 15:04 UTC")
	}
	if r.Elapsed > 0 {
		words += ", in " + r.Elapsed.Round(100*time.Millisecond).String()
	}
	return words
}

// traits are what the run learned of the agent, and what was declared of it.
func traits(a *Agent) (list []fact) {
	declared := map[string]string{}
	for _, text := range a.Config["feature"] {
		if d, err := reports.ParseDeclaration(text); err == nil {
			for _, difference := range reports.Differences([]reports.Declaration{d}, a.Report.Features) {
				declared[d.Name] = difference.Value
			}
		}
	}
	for _, t := range reports.Traits(a.Report.Features) {
		list = append(list, fact{t.Name, t.Value, t.Inner, declared[t.Name]})
		delete(declared, t.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		list = append(list, fact{Name: name, Value: "not found", Declared: declared[name]})
	}
	return list
}

// circumstances are how the run was made.
func circumstances(a *Agent) (list []fact) {
	r := a.Report
	add := func(name, value string) {
		if value != "" {
			list = append(list, fact{Name: name, Value: visible(value)})
		}
	}
	if r.Seed > 0 { // else there was none
		add("seed", fmt.Sprint(r.Seed))
		add("data", map[bool]string{false: "quick: cases that send very much were played with less", true: "full"}[r.Full])
	}
	if r.Patient {
		add("patient", "cases were played that wait for a timer of the peer's")
	}
	add("played by", a.Tool)
	add("catalogue", a.Catalogue)
	for _, name := range slices.Sorted(maps.Keys(a.Config)) {
		add("--"+name, strings.Join(a.Config[name], ", "))
	}
	return list
}
