package main

import (
	"errors"
	"os"
)

// A specFile is a spec file of Autobahn|Testsuite for its fuzzing client.
type specFile struct {
	outdir       string
	servers      []specServer
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

// readSpec reads a spec file. Errors begin with the file, line and column.
func readSpec(name string) (*specFile, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	root, err := parseSpec(name, text)
	if err != nil {
		return nil, err
	}
	s := &specFile{outdir: "./reports/servers/"}
	return s, s.read(root)
}

func (s *specFile) read(root *specNode) error {
	members, err := root.object()
	if err != nil {
		return err
	}
	hasCases := false
	for _, m := range members {
		var err error
		switch m.key {
		case "outdir":
			s.outdir, err = m.node.text()
			if err == nil && s.outdir == "" {
				err = m.node.errorf("outdir names no folder")
			}
		case "servers":
			err = s.readServers(m.node)
		case "cases":
			hasCases = true
			s.cases, err = m.node.texts()
		case "exclude-cases":
			s.exclude, err = m.node.texts()
		case "exclude-agent-cases":
			s.excludeAgent, err = m.node.object()
			for _, agent := range s.excludeAgent {
				_, e := agent.node.texts()
				err = errors.Join(err, e)
			}
		default:
			s.ignore(m)
		}
		if err != nil {
			return err
		}
	}
	if !hasCases {
		return root.errorf("there is no list of cases: \"cases\": [\"*\"] takes all")
	}
	return nil
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
