package main

import (
	"fmt"
	"strconv"
)

// A specNode is a value of a spec file, with its place.
type specNode struct {
	file         string
	line, column int
	kind         byte   // { [ ", '0' for a number, or 0 for the others
	value        string // of a string or a number
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

// number is a whole number within bounds.
func (n *specNode) number(low, high int) (int, error) {
	v, err := strconv.Atoi(n.value)
	return v, n.is(fmt.Sprintf("whole number from %d to %d", low, high), n.kind == '0' && err == nil && v >= low && v <= high)
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
