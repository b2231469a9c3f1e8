package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/wsspec/wsspec/reports"
)

// readReport reads a JSON report, or report.json of a folder. The error begins with
// the name of the file.
func readReport(rd *reports.Reader, name string) (*reports.Document, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, "report.json")
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	d, err := rd.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return d, nil
}
