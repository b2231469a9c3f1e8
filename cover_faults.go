package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reference"
	faultmatrix "github.com/wsspec/wsspec/spec/matrix"
)

// playFaults plays the fault matrix, and prints it. The exit code is 1 when there
// is a fault that no case of its own notices, or a case of a duty that no fault
// fails, and no reason is known for that.
func (f *coverFlags) playFaults(cmd *cobra.Command, ids []string) error {
	if f.missing || f.report != "" || len(f.levels) > 0 {
		return usage("--faults goes with --format, --long and ids of faults alone")
	}
	if err := reference.CheckFaults(reference.EitherSide, ids...); err != nil {
		return usage("--faults: %w (wsspec serve --fault list prints those of servers)", err)
	}
	m, err := faultmatrix.Play(cmd.Context(), faultmatrix.Options{Faults: ids})
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	print, ok := map[string]func(io.Writer, *faultmatrix.Matrix) error{"text": f.printMatrix, "json": printMatrixJSON}[f.format]
	if !ok {
		return usage("--format %s: the forms of --faults are text and json", f.format)
	}
	if err := print(cmd.OutOrStdout(), m); err != nil {
		return &exitError{exitTrouble, err}
	}
	if len(m.Problems(len(ids) == 0)) > 0 {
		return &exitError{exitVerdict, nil}
	}
	return nil
}

// printMatrix prints a line for each fault and side, and the numbers.
func (f *coverFlags) printMatrix(w io.Writer, m *faultmatrix.Matrix) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FAULT\tSIDE\tREQUIREMENT\tPLAYED\tNOTICED\tBY ITS OWN\tCASES")
	for _, r := range m.Rows {
		first := r.ByOwn
		if len(first) == 0 {
			first = r.Noticed
		}
		if !f.long {
			first = first[:min(1, len(first))]
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%d\t%d\t%s\n", r.Fault.ID, r.Side, r.Fault.Requirement, r.Played, len(r.Noticed), len(r.ByOwn), strings.Join(first, " "))
	}
	t.Flush()
	for _, problem := range m.Problems(true) {
		fmt.Fprintln(w, problem)
	}
	n := m.Count()
	_, err := fmt.Fprintf(w, "\n%d faults, %d of them on both sides; %d cases, %d of them of a duty; %d pairs in %.1f s\n"+
		"noticed by a case about their requirement: %d of %d; cases of a duty that a fault fails: %d of %d, %d by their own requirement, %d with a lax verdict alone\n",
		n.Faults, n.Rows-n.Faults, n.Cases, n.Duties, m.Pairs, m.Elapsed.Seconds(), n.ByOwn, n.Rows, n.Failed, n.Duties, n.FailedByOwn, n.LaxAlone)
	return err
}

// printMatrixJSON writes the matrix for programs.
func printMatrixJSON(w io.Writer, m *faultmatrix.Matrix) error {
	type row struct {
		Fault       string   `json:"fault"`
		Title       string   `json:"title"`
		Side        string   `json:"side"`
		Requirement string   `json:"requirement"`
		Played      int      `json:"played"`
		Noticed     []string `json:"noticed"`
		ByOwn       []string `json:"byOwn"`
	}
	out := struct {
		Format   string            `json:"format"`
		Version  int               `json:"version"`
		Count    faultmatrix.Count `json:"count"`
		Pairs    int               `json:"pairs"`
		Seconds  float64           `json:"seconds"`
		Problems []string          `json:"problems"`
		Rows     []row             `json:"rows"`
	}{Format: "wsspec-faults", Version: 1, Count: m.Count(), Pairs: m.Pairs, Seconds: m.Elapsed.Seconds(), Problems: m.Problems(true)}
	for _, r := range m.Rows {
		out.Rows = append(out.Rows, row{r.Fault.ID, r.Fault.Title, r.Side.String(), r.Fault.Requirement, r.Played, r.Noticed, r.ByOwn})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
