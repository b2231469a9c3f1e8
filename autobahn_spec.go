package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"
)

// A specFile is a spec file of Autobahn|Testsuite for its fuzzing client or server.
type specFile struct {
	clients      bool // it tests clients
	outdir       string
	servers      []specServer
	url          *specNode // to listen at; nil without one
	key, cert    string
	cases        []*specNode // patterns
	exclude      []*specNode
	excludeAgent []specMember // patterns of cases by the pattern of an agent
	ignored      []error      // what has no meaning here, with the place
}

// A specServer is a server in a spec file.
type specServer struct {
	url                     *specNode
	agent, hostname, origin string
	protocols               []string
}

// readSpec reads the spec file of the mode. One that is not there, and was not
// asked for, stands for the defaults.
func (f *autobahnFlags) readSpec(cmd *cobra.Command) (*specFile, error) {
	s := &specFile{outdir: "./reports/servers/", clients: f.mode == "fuzzingserver"}
	if s.clients {
		s.outdir = "./reports/clients/"
	}
	name := cmp.Or(f.spec, f.mode+".json")
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && f.spec == "" {
		complain(cmd.ErrOrStderr(), fmt.Errorf("there is no %s: taking all cases, and %s", name, f.uri().value))
		text, err = []byte(`{"cases": ["*"]}`), nil
		s.servers = []specServer{{url: f.uri()}}
	}
	if err != nil {
		return nil, err
	}
	return s, s.parse(name, text)
}

// parse reads the text of a spec file. Errors begin with the file, line and column.
func (s *specFile) parse(name string, text []byte) error {
	root, err := parseSpec(name, text)
	if err != nil {
		return err
	}
	return s.read(root)
}

func (s *specFile) read(root *specNode) error {
	members, err := root.object()
	if err != nil {
		return err
	}
	for _, m := range members {
		var known bool
		if known, err = s.readCases(m); !known && err == nil {
			known, err = s.readEnd(m)
		}
		if !known {
			s.ignore(m)
		}
		if err != nil {
			return err
		}
	}
	if s.cases == nil {
		return root.errorf("there is no list of cases: \"cases\": [\"*\"] takes all")
	}
	return nil
}

// readCases reads a member that says which cases are played, if it is one.
func (s *specFile) readCases(m specMember) (known bool, err error) {
	switch m.key {
	case "cases":
		s.cases, err = m.node.texts()
		s.cases = slices.Concat([]*specNode{}, s.cases) // empty is not missing
	case "exclude-cases":
		s.exclude, err = m.node.texts()
	case "exclude-agent-cases":
		s.excludeAgent, err = m.node.object()
		for _, agent := range s.excludeAgent {
			_, e := agent.node.texts()
			err = errors.Join(err, e)
		}
	default:
		return false, nil
	}
	return true, err
}

// readEnd reads a member that says who is tested, and where the reports go.
func (s *specFile) readEnd(m specMember) (known bool, err error) {
	switch {
	case m.key == "outdir":
		if s.outdir, err = m.node.text(); err == nil && s.outdir == "" {
			err = m.node.errorf("outdir names no folder")
		}
	case m.key == "servers" && !s.clients:
		err = s.readServers(m.node)
	case m.key == "url" && s.clients:
		s.url = m.node
		_, err = m.node.text()
	case m.key == "key" && s.clients:
		s.key, err = m.node.text()
	case m.key == "cert" && s.clients:
		s.cert, err = m.node.text()
	case m.key == "webport" && s.clients: // nothing reads it there either
	default:
		return false, nil
	}
	return true, err
}

// tellIgnored tells what has no meaning here.
func (s *specFile) tellIgnored(cmd *cobra.Command) {
	for _, note := range s.ignored {
		complain(cmd.ErrOrStderr(), note)
	}
}

// ignore notes a member that has no meaning here.
func (s *specFile) ignore(m specMember) {
	if m.key == "options" && len(m.node.members) == 0 {
		return
	}
	s.ignored = append(s.ignored, m.node.errorf("%q is ignored", m.key))
}

func (s *specFile) readServers(list *specNode) error {
	if err := list.is("list", list.kind == '['); err != nil {
		return err
	}
	for _, n := range list.items {
		server, err := s.readServer(n)
		if err != nil {
			return err
		}
		s.servers = append(s.servers, server)
	}
	return nil
}

func (s *specFile) readServer(n *specNode) (server specServer, err error) {
	members, err := n.object()
	for _, m := range members {
		switch m.key {
		case "url":
			server.url = m.node
			_, err = m.node.text()
		case "agent":
			server.agent, err = m.node.text()
		case "hostname":
			server.hostname, err = m.node.text()
		case "origin":
			server.origin, err = m.node.text()
		case "protocols":
			var names []*specNode
			names, err = m.node.texts()
			for _, name := range names {
				server.protocols = append(server.protocols, name.value)
			}
		default:
			s.ignore(m)
		}
		if err != nil {
			return server, err
		}
	}
	if err == nil && server.url == nil {
		err = n.errorf("the server has no \"url\"")
	}
	return server, err
}
