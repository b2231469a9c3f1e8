package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
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

// A specNode is a value of a spec file, with its place.
type specNode struct {
	file         string
	line, column int
	kind         byte   // { [ " or 0 for the others
	value        string // of a string
	members      []specMember
	items        []*specNode
}

type specMember struct {
	key  string
	node *specNode
}

func (n *specNode) errorf(format string, args ...any) error {
	if n.line == 0 { // from the command line
		return fmt.Errorf("%s: %w", n.file, fmt.Errorf(format, args...))
	}
	return fmt.Errorf("%s:%d:%d: %w", n.file, n.line, n.column, fmt.Errorf(format, args...))
}

func (n *specNode) is(kind string, ok bool) error {
	if !ok {
		return n.errorf("a %s is expected here", kind)
	}
	return nil
}

func (n *specNode) text() (string, error) { return n.value, n.is("string", n.kind == '"') }
func (n *specNode) object() ([]specMember, error) {
	return n.members, n.is("JSON object", n.kind == '{')
}

// texts are the nodes of a list of strings.
func (n *specNode) texts() ([]*specNode, error) {
	if err := n.is("list of strings", n.kind == '['); err != nil {
		return nil, err
	}
	for _, item := range n.items {
		if _, err := item.text(); err != nil {
			return nil, err
		}
	}
	return n.items, nil
}

// A specParser reads JSON into nodes.
type specParser struct {
	file string
	text []byte
	dec  *json.Decoder
}

func parseSpec(file string, text []byte) (*specNode, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	p := &specParser{file: file, text: text, dec: json.NewDecoder(bytes.NewReader(text))}
	var any any
	if err := json.Unmarshal(text, &any); err != nil { // which bounds the depth as well
		at := len(text)
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = int(syntax.Offset) - 1
		}
		return nil, p.node(max(at, 0)).errorf("%w", err)
	}
	n, err := p.value()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// node is one without a value, at an offset.
func (p *specParser) node(at int) *specNode {
	before := p.text[:min(at, len(p.text))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return &specNode{file: p.file, line: bytes.Count(before, []byte("\n")) + 1, column: len([]rune(string(before[line:]))) + 1}
}

func (p *specParser) value() (*specNode, error) {
	at := int(p.dec.InputOffset())
	at += bytes.IndexFunc(p.text[at:], func(r rune) bool { return !slices.Contains([]rune(" \t\r\n,:"), r) })
	n := p.node(at)
	token, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case string:
		n.kind, n.value = '"', token
	case json.Delim:
		n.kind = byte(token)
		err = p.content(n)
	}
	return n, err
}

// content reads what stands in an object or a list, to its end.
func (p *specParser) content(n *specNode) error {
	for p.dec.More() {
		var m specMember
		if n.kind == '{' {
			key, err := p.value()
			if err != nil {
				return err
			}
			m.key = key.value
		}
		var err error
		if m.node, err = p.value(); err != nil {
			return err
		}
		if n.kind == '{' {
			n.members = append(n.members, m)
		} else {
			n.items = append(n.items, m.node)
		}
	}
	_, err := p.dec.Token()
	return err
}
