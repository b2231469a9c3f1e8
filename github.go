package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// annotate tells GitHub what is not expected, where a job runs there.
func annotate(out io.Writer, name string, r *runner.Report, s *reports.Surprises, strict bool) error {
	if err := reports.Annotations(out, s); err != nil {
		return err
	}
	summary := os.Getenv("GITHUB_STEP_SUMMARY")
	if summary == "" {
		return nil
	}
	file, err := os.OpenFile(summary, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("--github: %w", err)
	}
	return errors.Join((&reports.Markdown{Name: name, Strict: strict}).Write(file, r), file.Close())
}
