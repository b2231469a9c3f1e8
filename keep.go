package main

import (
	"os"
	"path/filepath"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// A keeper writes the results of a run into report.json of a folder as they come, so
// that they are there when the run is killed. What it cannot write it leaves: the
// report that is written at the end says what is wrong.
type keeper struct {
	flags   *reportFlags
	folder  string // empty for none
	journal *reports.Journal
}

// begin begins the report. A peer that cannot be reached leaves no trace, since the
// run never comes to this. Results that the report has are kept first.
func (k *keeper) begin(r runner.Report) {
	if k.folder == "" || os.MkdirAll(k.folder, 0o755) != nil {
		return
	}
	k.journal, _ = reports.NewJournal(filepath.Join(k.folder, "report.json"), *k.flags.document(&r))
	for i := range r.Results {
		k.add(&r.Results[i])
	}
}

func (k *keeper) add(r *runner.Result) {
	if k.journal != nil && k.journal.Add(r) != nil {
		k.end()
	}
}

func (k *keeper) end() {
	if k.journal != nil {
		k.journal.Close()
		k.journal = nil
	}
}
