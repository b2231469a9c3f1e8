package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/wsspec/wsspec/cases"
)

// MaxReport is how many octets of a report are read, far more than a run writes of
// which every case fails.
const MaxReport = 64 << 20

// A Record is what a JSON report tells of a run, without the evidence.
type Record struct {
	Target  string
	Seed    uint64
	Trouble string // why the run was cut short; empty when it was not
	// Tested is who was tested, which shows in the cases that were played; Both
	// when they do not tell.
	Tested  cases.Subject
	Results []RecordedResult
}

// A RecordedResult is the outcome of one case.
type RecordedResult struct {
	ID          string
	Refs        []string
	Verdict     cases.Verdict
	Requirement string // that the verdict rests on; empty when nothing was judged
}

// Read reads a report that JSON has written. Fields that it does not know are
// skipped. A report of a later version, something else, or more than MaxReport
// octets is an error.
func Read(r io.Reader) (*Record, error) {
	var doc recordedReport
	err := doc.decode(r)
	if err == nil {
		err = doc.check()
	}
	if err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	record := &Record{Target: doc.Target, Seed: doc.Seed, Trouble: doc.Trouble}
	for i, one := range doc.Results {
		result, err := one.result()
		if err != nil {
			return nil, fmt.Errorf("read the report: result %d: %w", i+1, err)
		}
		record.Results = append(record.Results, result)
	}
	record.Tested = testedBy(record.Results)
	return record, nil
}

// testedBy is who was tested, since there are cases for one side alone.
func testedBy(results []RecordedResult) cases.Subject {
	subjects := map[string]cases.Subject{}
	for _, c := range cases.All() {
		subjects[c.ID] = c.Subject
	}
	for _, r := range results {
		if s := subjects[r.ID]; s != cases.Both {
			return s
		}
	}
	return cases.Both
}

// recordedReport is the part of a jsonReport that is read.
type recordedReport struct {
	Format  string           `json:"format"`
	Version int              `json:"version"`
	Target  string           `json:"target"`
	Seed    uint64           `json:"seed"`
	Trouble string           `json:"trouble"`
	Results []recordedResult `json:"results"`
}

func (doc *recordedReport) decode(r io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(r, MaxReport+1))
	if err != nil {
		return err
	}
	switch {
	case len(text) > MaxReport:
		return fmt.Errorf("it has more than %d octets", MaxReport)
	case len(bytes.TrimSpace(text)) == 0:
		return errors.New("it is empty")
	}
	err = json.Unmarshal(text, doc)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "":
		return fmt.Errorf("it is no JSON report of wsspec, but a JSON %s", wrong.Value)
	case errors.As(err, &wrong):
		return fmt.Errorf("%s must not be a JSON %s", wrong.Field, wrong.Value)
	case err != nil:
		return fmt.Errorf("it is no JSON report of wsspec: %w", err)
	}
	return nil
}

// check makes sure that the report means what Read takes it to mean.
func (doc *recordedReport) check() error {
	switch {
	case doc.Format != "wsspec":
		return fmt.Errorf("it is no report of wsspec: the format is %q", doc.Format)
	case doc.Version < 1 || doc.Version > FormatVersion:
		return fmt.Errorf("its version is %d, and this wsspec reads up to version %d", doc.Version, FormatVersion)
	}
	return nil
}

type recordedResult struct {
	ID          string   `json:"id"`
	Refs        []string `json:"refs"`
	Verdict     string   `json:"verdict"`
	Requirement string   `json:"requirement"`
}

func (r *recordedResult) result() (RecordedResult, error) {
	if r.ID == "" {
		return RecordedResult{}, errors.New("it has no id")
	}
	for _, v := range cases.Verdicts() {
		if v.String() == r.Verdict {
			return RecordedResult{r.ID, r.Refs, v, r.Requirement}, nil
		}
	}
	return RecordedResult{}, fmt.Errorf("%s has the unknown verdict %q", r.ID, r.Verdict)
}
