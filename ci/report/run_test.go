package report_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/reports/html"
)

// scratch is a folder for what all tests share.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "wsspec-report-")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// program is the command, as users have it.
var program = sync.OnceValues(func() (string, error) {
	name := filepath.Join(scratch, "wsspec")
	build := exec.Command("go", "build", "-o", name, ".")
	build.Dir = filepath.Join("..", "..") // with the modules that the command needs
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return name, nil
})

// A tested is one who is tested, by a name.
type tested struct {
	name   string
	server http.Handler
}

// run tests servers in one run, with a configuration file, and returns the folder of the
// report. That servers are not conformant is no error.
func run(folder string, list []tested) error {
	wsspec, err := program()
	if err != nil {
		return err
	}
	type agent struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	config := struct {
		Report  string          `json:"report"`
		Options map[string]bool `json:"options"`
		Agents  []agent         `json:"agents"`
	}{Report: folder, Options: map[string]bool{"quiet": true}}
	for _, one := range list {
		s := httptest.NewUnstartedServer(one.server)
		s.Config.ErrorLog = silent
		s.Start()
		defer s.Close()
		config.Agents = append(config.Agents, agent{one.name, "ws" + s.URL[len("http"):] + "/"})
	}
	text, err := json.Marshal(config) // which is YAML
	if err != nil {
		return err
	}
	file := folder + ".yaml"
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return err
	}
	out, err := exec.Command(wsspec, "test", "--config", file).CombinedOutput()
	if exit := new(exec.ExitError); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// five is the folder of the report of the servers of ci/peers.
var fiveFolder = sync.OnceValues(func() (string, error) {
	var list []tested
	for _, p := range peers.Servers() {
		list = append(list, tested{p.Name, p.New()})
	}
	folder := filepath.Join(scratch, "five")
	return folder, run(folder, list)
})

// five is the report of the servers of ci/peers, or the test ends.
func five(t testing.TB) (folder string) {
	t.Helper()
	folder, err := fiveFolder()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// fiveAgents are those servers, as their JSON reports have them.
func fiveAgents(t testing.TB) (list []html.Agent) {
	t.Helper()
	var reader reports.Reader
	for _, p := range peers.Servers() {
		file, err := os.Open(filepath.Join(five(t), p.Name, "report.json"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		d, err := reader.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		a := html.AgentOf(d)
		a.Again = func(id string) string { return "wsspec test " + d.Target + " " + id + " --seed 1" }
		list = append(list, a)
	}
	return list
}
