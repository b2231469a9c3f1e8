package reports

import (
	"fmt"
	"os"

	"github.com/wsspec/wsspec/runner"
)

// cutOff is the trouble of a report whose run has not come to its end.
const cutOff = "the run has not come to its end: it goes on, or was killed"

// A Journal is a JSON report that is written while the run goes on. It can be read
// at any moment, also when the process is killed: its end is written anew behind
// each result. The results stand in it as they came.
type Journal struct {
	file *os.File
	end  []byte // the text behind the last result
	at   int64  // where it stands
	n    int    // results
}

// NewJournal begins a journal in a file, in place of what is in it. The document
// has no results yet; its trouble is that the run has not come to its end.
func NewJournal(name string, d Document) (*Journal, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("begin the report: %w", err)
	}
	unfinished := *d.Report
	unfinished.Results, unfinished.Trouble = nil, cutOff
	d.Report = &unfinished
	j := &Journal{file: file, end: jsonFinish(&d)}
	if err := j.write(jsonBegin(&d)); err != nil {
		file.Close()
		return nil, err
	}
	return j, nil
}

// Add writes a result behind the others.
func (j *Journal) Add(r *runner.Result) error {
	line := jsonLine(j.n, r)
	j.n++
	return j.write(line)
}

// write writes text over the end, and the end behind it, at once.
func (j *Journal) write(text []byte) error {
	if _, err := j.file.WriteAt(append(text, j.end...), j.at); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	j.at += int64(len(text))
	return nil
}

// Close ends the writing. The report stays as it is.
func (j *Journal) Close() error { return j.file.Close() }
