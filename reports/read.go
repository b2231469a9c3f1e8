package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/wsspec/wsspec/runner"
)

// MaxReport is how many octets of a report are read, far more than a run writes of
// which every case fails.
const MaxReport = 128 << 20

// A Reader reads reports. It keeps what many of them have in common: the cases.
// The zero value is ready.
type Reader struct {
	known knownCases
}

// Read reads a report that JSON has written. Fields that it does not know are
// skipped. Of one that ends in the middle of a result, what stands before is read,
// and Trouble says so. A report of another version, something else, or more than
// MaxReport octets is an error.
func Read(r io.Reader) (*Document, error) { return new(Reader).Read(r) }

// Read is the function of that name.
func (rd *Reader) Read(r io.Reader) (*Document, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxReport+1))
	if err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	doc, err := decode(text)
	if err == nil {
		err = doc.check()
	}
	if err != nil {
		return nil, fmt.Errorf("read the report: %w", err)
	}
	d := doc.document()
	for i := range doc.Results {
		result, err := doc.Results[i].result(&rd.known)
		if err != nil {
			return nil, fmt.Errorf("read the report: result %d: %w", i+1, err)
		}
		d.Results = append(d.Results, result)
	}
	return d, nil
}

// jsonDocument is a whole report as JSON has it.
type jsonDocument struct {
	jsonHead
	Results []jsonResult `json:"results"`
	jsonTail
}

func decode(text []byte) (*jsonDocument, error) {
	switch {
	case len(text) > MaxReport:
		return nil, fmt.Errorf("it has more than %d octets", MaxReport)
	case len(bytes.TrimSpace(text)) == 0:
		return nil, errors.New("it is empty")
	}
	doc := new(jsonDocument)
	err := json.Unmarshal(text, doc)
	if mended, cut := withoutTorn(text); err != nil && cut {
		again := new(jsonDocument)
		if json.Unmarshal(mended, again) == nil {
			again.Trouble = torn
			return again, nil
		}
	}
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "":
		return nil, fmt.Errorf("it is no JSON report of wsspec, but a JSON %s", wrong.Value)
	case errors.As(err, &wrong):
		return nil, fmt.Errorf("%s must not be a JSON %s", wrong.Field, wrong.Value)
	case err != nil:
		return nil, fmt.Errorf("it is no JSON report of wsspec: %w", err)
	}
	return doc, nil
}

const torn = "the report ends in the middle, so that the run was killed"

// withoutTorn is the report up to its last whole line of the results, closed; not ok
// when it does not look like one that was cut off there.
func withoutTorn(text []byte) (mended []byte, ok bool) {
	if !bytes.HasPrefix(text, []byte("{\n \"format\": \"wsspec\",")) {
		return nil, false
	}
	for cut := len(text); ; {
		cut = bytes.LastIndex(text[:cut], []byte("\n  {"))
		if cut < 0 {
			return nil, false
		}
		if line, _, whole := bytes.Cut(text[cut+1:], []byte("\n")); whole && json.Valid(bytes.TrimSuffix(line, []byte(","))) {
			cut += 1 + len(bytes.TrimSuffix(line, []byte(",")))
			return append(text[:cut:cut], "\n]}"...), true
		}
		if bytes.HasSuffix(text[:cut], []byte("[")) {
			return append(text[:cut:cut], "]}"...), true
		}
	}
}

// check makes sure that the report means what Read takes it to mean.
func (doc *jsonDocument) check() error {
	switch {
	case doc.Format != "wsspec":
		return fmt.Errorf("it is no report of wsspec: the format is %q", doc.Format)
	case doc.Version < FormatVersion:
		return fmt.Errorf("its version is %d, and this wsspec reads version %d: run the test again", doc.Version, FormatVersion)
	case doc.Version > FormatVersion:
		return fmt.Errorf("its version is %d, and this wsspec reads version %d: a later one is needed", doc.Version, FormatVersion)
	}
	return nil
}

// document is all of it but the results.
func (doc *jsonDocument) document() *Document {
	f := doc.Features.features()
	f.Client = doc.Tested == testedWords[true]
	d := &Document{
		Agent: doc.Agent, Tool: doc.Tool, Catalogue: doc.Catalogue, Config: doc.Config,
		Report: &runner.Report{
			Target: doc.Target, Seed: doc.Seed, Full: doc.Full, Patient: doc.Patient, Started: doc.Started,
			Elapsed: lasting(doc.Seconds), Features: f, Trouble: doc.Trouble,
		},
	}
	if len(d.Config) == 0 {
		d.Config = nil
	}
	return d
}
