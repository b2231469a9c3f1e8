package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

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
	p.dec.UseNumber()
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
	case json.Number:
		n.kind, n.value = '0', token.String()
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
