package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"
)

// A massSpec is a spec file of massconnect.
type massSpec struct {
	options massOptions
	servers []massServer
	ignored []error
}

// massOptions say how many connections are opened, and how.
type massOptions struct {
	connections, batchSize int
	batchDelay, retryDelay time.Duration
}

type massServer struct{ name, uri string }

// mostConnections is more than there are ports of one address.
const mostConnections = 1 << 20

// readMassSpec reads the spec file of massconnect. One that is not there, and was
// not asked for, stands for the defaults.
func (f *autobahnFlags) readMassSpec(cmd *cobra.Command) (*massSpec, error) {
	s := &massSpec{options: massOptions{connections: 1000, batchSize: 100, batchDelay: 10 * time.Millisecond, retryDelay: 10 * time.Millisecond}}
	name := f.spec
	if name == "" {
		name = "massconnect.json"
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && f.spec == "" {
		complain(cmd.ErrOrStderr(), fmt.Errorf("there is no %s: taking %d connections to %s", name, s.options.connections, f.uri().value))
		return s, s.add("server", f, f.uri())
	}
	if err != nil {
		return nil, err
	}
	err = s.parse(f, name, text)
	for _, note := range s.ignored {
		complain(cmd.ErrOrStderr(), note)
	}
	return s, err
}

// parse reads the text of a spec file. Errors begin with the file, line and column.
func (s *massSpec) parse(f *autobahnFlags, name string, text []byte) error {
	root, err := parseSpec(name, text)
	if err != nil {
		return err
	}
	return s.read(f, root)
}

func (s *massSpec) read(f *autobahnFlags, root *specNode) error {
	members, err := root.object()
	for _, m := range members {
		switch m.key {
		case "options":
			err = s.readOptions(m.node)
		case "servers":
			err = s.readServers(f, m.node)
		default:
			s.ignored = append(s.ignored, m.node.errorf("%q is ignored", m.key))
		}
		if err != nil {
			return err
		}
	}
	if err == nil && len(s.servers) == 0 {
		err = root.errorf("there is no server: \"servers\": [{\"uri\": \"%s\"}] names one", defaultURL)
	}
	return err
}

func (s *massSpec) readOptions(n *specNode) error {
	members, err := n.object()
	for _, m := range members {
		var ms int
		switch m.key {
		case "connections":
			s.options.connections, err = m.node.number(1, mostConnections)
		case "batchsize":
			s.options.batchSize, err = m.node.number(1, mostConnections)
		case "batchdelay":
			ms, err = m.node.number(0, 60_000)
			s.options.batchDelay = time.Duration(ms) * time.Millisecond
		case "retrydelay":
			ms, err = m.node.number(0, 60_000)
			s.options.retryDelay = time.Duration(ms) * time.Millisecond
		default:
			s.ignored = append(s.ignored, m.node.errorf("%q is ignored", m.key))
		}
		if err != nil {
			return err
		}
	}
	return err
}

func (s *massSpec) readServers(f *autobahnFlags, list *specNode) error {
	if err := list.is("list", list.kind == '['); err != nil {
		return err
	}
	for i, n := range list.items {
		if err := s.readServer(f, n, "server "+strconv.Itoa(i+1)); err != nil {
			return err
		}
	}
	return nil
}

func (s *massSpec) readServer(f *autobahnFlags, n *specNode, name string) error {
	var uri *specNode
	members, err := n.object()
	for _, m := range members {
		switch m.key {
		case "name":
			name, err = m.node.text()
		case "uri":
			uri = m.node
			_, err = m.node.text()
		case "desc":
			_, err = m.node.text()
		default:
			s.ignored = append(s.ignored, m.node.errorf("%q is ignored", m.key))
		}
		if err != nil {
			return err
		}
	}
	if err == nil && uri == nil {
		err = n.errorf("the server has no \"uri\"")
	}
	if err != nil {
		return err
	}
	return s.add(name, f, uri)
}

func (s *massSpec) add(name string, f *autobahnFlags, uri *specNode) error {
	u, err := f.server(uri)
	if err == nil {
		s.servers = append(s.servers, massServer{name, u.String()})
	}
	return err
}
