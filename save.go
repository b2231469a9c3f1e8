package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/reports/html"
	"github.com/wsspec/wsspec/runner"
)

// reportFlags say what becomes of the results.
type reportFlags struct {
	knownFlags
	declared featureFlag
	strict   bool
	name     string // of who is tested, beside others
	report   string // folder
	files    []outputFile
	github   bool
	shard    string
	html     string              // folder
	agents   []html.Agent        // on its pages
	replace  bool                // an agent of the same name on them
	config   map[string][]string // for the report
	source   *reports.Document   // that was read, and is written as it is; nil for a run

	autobahn string                // folder
	played   []reports.AutobahnRun // so far, for it
	// asAutobahn names the agent; nil takes the target.
	asAutobahn func(*runner.Report) reports.AutobahnRun
}

func (f *reportFlags) register(s *pflag.FlagSet) {
	s.BoolVar(&f.strict, "strict", false, "count lax as failures")
	s.StringVar(&f.name, "name", "", "call who is tested by this `name` in the reports")
	f.registerFeatures(s)
	s.StringVar(&f.shard, "shard", "", "play only this `part` of the cases, as in 2/5; wsspec report --merge joins the reports of all parts")
	s.StringVar(&f.report, "report", "wsspec-report", "write index.html, report.json and junit.xml into this `folder`, or the last two into one below it for each of several URLs; '' for none")
	f.registerForms(s)
}

// registerForms registers the flags for what is made of a report.
func (f *reportFlags) registerForms(s *pflag.FlagSet) {
	s.StringVar(&f.html, "html", "", "write the report as pages for a browser into this `folder`; index.html is the first")
	f.registerFiles(s)
	s.StringVar(&f.autobahn, "autobahn", "", "write the results of Autobahn's cases, of all URLs, into this `folder` as Autobahn|Testsuite does")
	s.BoolVar(&f.github, "github", false, "print annotations for GitHub, and append the summary to the file that $GITHUB_STEP_SUMMARY names")
	f.knownFlags.register(s)
}

// check finds out before the run what would go wrong behind it.
func (f *reportFlags) check(urls int) error {
	return errors.Join(f.checkFiles(urls),
		checkFolder("--report", f.report, " (--report '' writes none)"), checkFolder("--html", f.html, ""), checkFolder("--autobahn", f.autobahn, ""))
}

// checkFile makes sure that a file for a report can be there.
func checkFile(flag, name string) error {
	if name == "" || name == "-" {
		return nil
	}
	if info, err := os.Stat(filepath.Dir(name)); err != nil || !info.IsDir() {
		return fmt.Errorf("%s %s: there is no folder %s", flag, name, filepath.Dir(name))
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("%s %s is a folder, and must be a file", flag, name)
	}
	return nil
}

// checkFolder makes sure that a folder for reports can be made, without making
// it: a server that cannot be reached leaves no trace.
func checkFolder(flag, folder, wayOut string) error {
	if folder == "" {
		return nil
	}
	asked := folder
	folder = filepath.Clean(folder)
	for {
		info, err := os.Stat(folder)
		if err == nil && !info.IsDir() {
			return fmt.Errorf("%s %s is a file, and must be a folder", flag, folder)
		}
		if err == nil || folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	trial, err := os.CreateTemp(folder, ".wsspec-*")
	if err != nil {
		return fmt.Errorf("%s %s: nothing can be written to %s%s", flag, asked, folder, wayOut)
	}
	return errors.Join(trial.Close(), os.Remove(trial.Name()))
}

// folders are the folders for the reports of the URLs: the one that is asked for,
// or one below it for each of several URLs, named by host, port and path.
func (f *reportFlags) folders(urls []string) []string {
	if len(urls) == 1 {
		return []string{f.report}
	}
	return f.foldersBelow(urls)
}

// foldersBelow are the folders below the one that is asked for, if one is.
func (f *reportFlags) foldersBelow(urls []string) []string {
	folders := make([]string, len(urls))
	for i, url := range urls {
		if f.report != "" {
			folders[i] = freeFolder(f.report, url, folders[:i])
		}
	}
	return folders
}

// freeFolder is the folder for a URL below another, with a number behind it when its
// name is taken.
func freeFolder(parent, url string, taken []string) string {
	base := filepath.Join(parent, folderName(url))
	folder := base
	for n := 2; slices.Contains(taken, folder); n++ {
		folder = fmt.Sprintf("%s-%d", base, n)
	}
	return folder
}

// folderName makes a name that any file system takes out of a URL.
func folderName(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	rest, _, _ = strings.Cut(rest, "?")
	words := strings.FieldsFunc(strings.ToLower(rest), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.'
	})
	name := strings.Trim(strings.Join(words, "-"), ".-")
	if name == "" {
		return "server"
	}
	return name[:min(len(name), 100)]
}

// write writes the reports for machines, and names the files.
func (f *reportFlags) write(out io.Writer, folder string, r *runner.Report, again func(string) string) ([]string, error) {
	var names []string
	save := func(name string, write func(io.Writer) error) error {
		if name == "" {
			return nil
		}
		if err := writeFile(out, name, write); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
		if name != "-" {
			names = append(names, name)
		}
		return nil
	}
	for _, file := range f.files {
		if err := save(file.name, file.form.of(f, r, again)); err != nil {
			return nil, err
		}
	}
	if folder != "" {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, fmt.Errorf("--report: %w", err)
		}
		if err := errors.Join(save(filepath.Join(folder, "report.json"), asJSON(f, r, again)), save(filepath.Join(folder, "junit.xml"), asJUnit(f, r, again))); err != nil {
			return nil, err
		}
	}
	if f.autobahn != "" {
		run := reports.AutobahnRun{Agent: r.Target, Report: r}
		if f.asAutobahn != nil {
			run = f.asAutobahn(r)
		}
		f.played = append(f.played, run)
		if err := reports.Autobahn(f.autobahn, f.played); err != nil {
			return nil, err
		}
		names = append(names, filepath.Join(f.autobahn, "index.html"))
	}
	return names, nil
}

// writeFile writes a file as a whole or, on an error, not at all. What is there
// and no regular file, such as /dev/stderr, is written to as it is.
func writeFile(out io.Writer, name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(out)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".wsspec-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	if err := write(temporary); err != nil {
		temporary.Close()
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	if err := os.Chmod(temporary.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}
