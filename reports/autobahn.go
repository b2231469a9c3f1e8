package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// An AutobahnRun is a run under the name that Autobahn|Testsuite calls an agent.
type AutobahnRun struct {
	Agent   string
	Report  *runner.Report
	Clients bool // the agent is a client
}

// Autobahn writes the runs into a folder as Autobahn|Testsuite does: index.json,
// and a JSON file for each agent and case; and index.html, which shows them. Of a
// run it takes the cases that carry numbers of Autobahn's, and each number has an
// entry of its own. Files that are there are overwritten.
//
// The verdicts are wsspec's, in Autobahn's words:
//
//	pass   OK              info   INFORMATIONAL
//	lax    NON-STRICT      skip   UNIMPLEMENTED
//	fail   FAILED          error  FAILED, with the reason
//
// A case that is skipped since the opening handshake of the agent is broken is
// FAILED, as with Autobahn. behaviorClose follows Autobahn's rules, in their order;
// see behaviorClose. The two judge differently on purpose here:
//
//	7.1.6          Autobahn never judges it, since its expectation lacks the long
//	               message; here a Close behind a long message must be answered
//	7.13.1, .2     Autobahn never judges codes from 5000; here the Close may be
//	               refused or answered, and no illegal code may come back
//	7.1.*, 7.3.*,  Autobahn turns a wrong close code into FAILED; here the case's
//	7.5.1, 7.7.*,  own verdict stands, and behaviorClose alone is WRONG CODE
//	7.9.*
//	7.3.2          a Close without a code in answer to a body of one octet is
//	               NON-STRICT here (RFC 6455, section 10.7), and OK for Autobahn
//	6.4.*          Autobahn is NON-STRICT when an octet is refused a second late;
//	               here as soon as a ping behind it has been answered
//	3.2 to 3.4,    what Autobahn calls NON-STRICT, no echo of the text before the
//	4.1.3 to 4.2.5, fault, passes: RFC 6455 does not ask for it (7.1.7)
//	5.15
//	3.6            sends a ping as Autobahn describes, where it sends a binary frame
//	2.10, 2.11     a pong for the last ping will do (RFC 6455, section 5.5.3)
//	9.1.* to 9.8.* content is compared, and not length alone
//	13.*           what was agreed is held to (RFC 7692, section 7.1); a server that
//	               declines the window size is skipped, where Autobahn goes on
//
// What a run does not know stands as follows: started is the begin of the run;
// rxOctetStats and txOctetStats count frames and HTTP messages by size, where
// Autobahn counts reads and writes; statistics and wirelog of a long conversation
// cover what its transcript keeps; received holds no compressed messages, and
// trafficStats is null. A case that was played with less data than Autobahn's
// says so in its description.
func Autobahn(folder string, runs []AutobahnRun) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("write Autobahn's report: %w", err)
	}
	files := autobahnFiles(runs)
	for _, f := range files {
		if err := writeAutobahn(folder, f.name, f.write); err != nil {
			return fmt.Errorf("write Autobahn's report: %w", err)
		}
	}
	return nil
}

// An autobahnFile is a file of Autobahn's report.
type autobahnFile struct {
	name  string
	write func(io.Writer) error
}

// autobahnEntry is what index.json says of a case.
type autobahnEntry struct {
	Behavior        string  `json:"behavior"`
	BehaviorClose   string  `json:"behaviorClose"`
	Duration        int64   `json:"duration"` // milliseconds
	RemoteCloseCode *uint16 `json:"remoteCloseCode"`
	ReportFile      string  `json:"reportfile"`
}

// autobahnFiles are the files of the report, the index last.
func autobahnFiles(runs []AutobahnRun) []autobahnFile {
	var files []autobahnFile
	index := map[string]map[string]autobahnEntry{}
	numbers := autobahnNumbers(runs)
	names := autobahnNames{}
	for i := range runs {
		run := runs[i]
		name, agent := names.of(run.Agent), Visible(run.Agent)
		if index[agent] == nil {
			index[agent] = map[string]autobahnEntry{}
		}
		for j := range run.Report.Results {
			r := &run.Report.Results[j]
			for _, id := range autobahnIDs(&r.Case) {
				entry := autobahnEntryOf(&run, r, id)
				entry.ReportFile = name + "_case_" + strings.ReplaceAll(id, ".", "_") + ".json"
				index[agent][id] = entry
				files = append(files, autobahnFile{entry.ReportFile, func(w io.Writer) error {
					return autobahnJSON(w, autobahnCaseOf(&run, r, id, numbers[id]))
				}})
			}
		}
	}
	return append(files,
		autobahnFile{"index.html", func(w io.Writer) error { return autobahnPage(w, index, runs) }},
		autobahnFile{"index.json", func(w io.Writer) error { return autobahnJSON(w, index) }})
}

func autobahnEntryOf(run *AutobahnRun, r *runner.Result, id string) autobahnEntry {
	e := autobahnEntry{Behavior: autobahnBehavior(run.Report, r), Duration: r.Duration.Milliseconds()}
	e.BehaviorClose, _ = behaviorClose(run, r, id)
	e.RemoteCloseCode = remoteCode(r)
	return e
}

// autobahnBehavior is the verdict in Autobahn's words.
func autobahnBehavior(report *runner.Report, r *runner.Result) string {
	switch r.Verdict {
	case cases.Pass:
		return "OK"
	case cases.Lax:
		return "NON-STRICT"
	case cases.Info:
		return "INFORMATIONAL"
	case cases.Skipped:
		if report.Features.Handshake {
			return "UNIMPLEMENTED"
		}
	}
	return "FAILED"
}

// autobahnIDs are Autobahn's numbers of a case.
func autobahnIDs(c *cases.Case) (ids []string) {
	for _, alias := range c.Alias {
		if id, ok := strings.CutPrefix(alias, "autobahn:"); ok {
			ids = append(ids, id)
		}
	}
	if c.ID == "close/code-1010-from-a-server" { // the case for servers has the alias
		ids = append(ids, "7.7.8")
	}
	return ids
}

// autobahnNumbers are the places of the ids in the complete list, from 1.
func autobahnNumbers(runs []AutobahnRun) map[string]int {
	var ids []string
	for _, c := range cases.All() {
		ids = append(ids, autobahnIDs(&c)...)
	}
	for _, run := range runs {
		for i := range run.Report.Results {
			ids = append(ids, autobahnIDs(&run.Report.Results[i].Case)...)
		}
	}
	slices.SortFunc(ids, CompareAutobahnIDs)
	numbers := map[string]int{}
	for i, id := range slices.Compact(ids) {
		numbers[id] = i + 1
	}
	return numbers
}

// CompareAutobahnIDs orders Autobahn's ids by their numbers: 2.9 before 2.10.
func CompareAutobahnIDs(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
}

// autobahnNames makes the names of agents in the names of files, each once.
type autobahnNames map[string]bool

func (n autobahnNames) of(agent string) string {
	base := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, strings.ToLower(agent))
	base = strings.ReplaceAll(strings.TrimSpace(base), " ", "_")
	base = base[:min(len(base), 100)]
	name := base
	for i := 2; n[name]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	n[name] = true
	return name
}

// autobahnJSON writes a value as Autobahn does: sorted keys, indented by 3.
func autobahnJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "   ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// writeAutobahn writes a file of the report as a whole or not at all.
func writeAutobahn(folder, name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(folder, ".wsspec-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(folder, name))
}

// autobahnTime is a time as Autobahn writes it.
func autobahnTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
