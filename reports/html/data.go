package html

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// casesPerFile is how many cases have their scripts in one file.
const casesPerFile = 200

// index is what the matrix and each case need at once.
func (m *model) index(all []*evidence) []byte {
	b := append(call("index"), `{"title":`...)
	b = appendText(b, m.title())
	b = append(b, `,"agents":[`...)
	for i, e := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = m.indexAgent(append(b, '\n'), e)
	}
	b = append(b, "],\n\"sections\":["...)
	for i, s := range m.sections {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendTexts(b, []string{s.Name, s.Title(), s.URL})
	}
	var ids, titles, refs []string
	var sections, levels []int
	for _, e := range m.entries {
		ids, titles, refs = append(ids, e.ID), append(titles, runner.Sentence(e.Title)), append(refs, join(e.Refs))
		sections, levels = append(sections, e.section.Number), append(levels, int(e.level))
	}
	b = appendTexts(append(b, "],\n\"levels\":"...), levelWords())
	b = appendTexts(append(b, ",\n\"ids\":"...), ids)
	b = appendTexts(append(b, ",\n\"titles\":"...), titles)
	b = appendTexts(append(b, ",\n\"refs\":"...), refs)
	b = appendNumbers(append(b, ",\n\"section\":"...), sections)
	b = appendNumbers(append(b, ",\n\"level\":"...), levels)
	return append(b, "});\n"...)
}

// indexAgent is what the index says of an agent.
func (m *model) indexAgent(b []byte, e *evidence) []byte {
	b = appendText(append(b, `{"name":`...), e.agent.label)
	b = appendText(append(b, `,"page":`...), m.file(e.agent))
	b = appendTexts(append(b, `,"again":`...), []string{e.again.before, e.again.after})
	b = append(append(b, `,"repeats":`...), strconv.FormatBool(e.again.again != nil)...)
	b = appendNumbers(append(b, `,"chunks":`...), e.chunks())
	letters := make([]byte, len(e.agent.marks))
	for i, k := range e.agent.marks {
		letters[i] = markLetters[k]
	}
	b = append(append(append(b, `,"marks":"`...), letters...), '"')
	return append(b, '}')
}

// closes is the second axis: how connections ended, each outcome once, and its
// number for each agent and entry, -1 where nothing was played.
func (m *model) closes() []byte {
	numbers := map[runner.CloseOutcome]int{}
	var outcomes, agents []byte
	for _, a := range m.agents {
		of := make([]int, len(a.results))
		for i, r := range a.results {
			if r == nil || r.Verdict == cases.Skipped || a.marks[i] == unplayed {
				of[i] = -1
				continue
			}
			n, known := numbers[r.Close]
			if !known {
				n = len(numbers)
				numbers[r.Close] = n
				outcomes = appendClose(append(outcomes, separator(n)...), r.Close)
			}
			of[i] = n
		}
		agents = appendNumbers(append(agents, separator(a.Number-1)...), of)
	}
	return fmt.Appendf(call("close"), "{\"outcomes\":[%s],\n\"agents\":[%s]});\n", outcomes, agents)
}

// separator stands before the n-th element of a list.
func separator(n int) string {
	if n == 0 {
		return ""
	}
	return ",\n"
}

// scripts are the cases from first on, before last, with all that is told of them
// besides the index.
func (m *model) scripts(name string, first, last int) ([]byte, error) {
	type script struct {
		Script   string `json:"script"`
		Expected string `json:"expected,omitempty"`
		Note     string `json:"note,omitempty"`
	}
	list := map[int]script{}
	for i := first; i < last; i++ {
		e := m.entries[i]
		list[i] = script{visible(e.script), visible(expected(e.Steps)), visible(e.Note)}
	}
	return called(name, list)
}

// expected says what a case expects, step by step.
func expected(steps []cases.Step) string {
	var list []string
	for _, step := range steps {
		switch s := step.(type) {
		case cases.Expectation:
			pass, lax := cases.Describe(s)
			if lax != "" {
				pass += " (lax: " + lax + ")"
			}
			list = append(list, pass)
		case cases.RepeatStep:
			list = append(list, "again and again: "+expected(s.Steps))
		}
	}
	return strings.Join(list, "; then ")
}

// requirements are those that the cases name.
func (m *model) requirements() ([]byte, error) {
	type requirement struct {
		Level   string `json:"level"`
		Role    string `json:"role"`
		Text    string `json:"text"`
		Section string `json:"section"`
		URL     string `json:"url"`
	}
	list := map[string]requirement{}
	for id, r := range m.rules {
		list[id] = requirement{r.Level.String(), r.Role.String(), r.Text, r.Section(), r.URL()}
	}
	return called("requirements", list)
}

// called is a file that hands a value to the page.
func called(name string, v any) ([]byte, error) {
	text, err := json.Marshal(v) // which escapes <, > and &
	if err != nil {
		return nil, err
	}
	return append(append(call(name), text...), ");\n"...), nil
}

func levelWords() (words []string) {
	for l := cases.Unset; l <= cases.Definition; l++ {
		words = append(words, l.String())
	}
	return words
}
