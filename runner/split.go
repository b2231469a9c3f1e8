package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// SplitCommand splits a command line into words as a POSIX shell does, and does
// nothing else of what a shell does: words are apart by white space; single quotes
// keep what is between them; so do double quotes, but for a backslash before " and
// \; elsewhere a backslash keeps the character behind it. What only a shell
// understands, such as a pipe, is an error.
func SplitCommand(line string) ([]string, error) {
	var s splitter
	for _, r := range line {
		if err := s.next(r); err != nil {
			return nil, err
		}
	}
	switch {
	case s.escaped:
		return nil, errors.New("the command line ends in a backslash")
	case s.quote != 0:
		return nil, fmt.Errorf("the quote %c is not closed: %q", s.quote, s.word.String())
	}
	if err := s.end(); err != nil {
		return nil, err
	}
	if len(s.words) == 0 {
		return nil, errors.New("the command line is empty")
	}
	return s.words, nil
}

// shellWords are words that mean something to a shell, when they are not quoted.
var shellWords = []string{"|", "||", "&", "&&", ";", "<", "<<", ">", ">>", "2>", "2>&1", "&>"}

// A splitter reads a command line character by character.
type splitter struct {
	words   []string
	word    strings.Builder
	within  bool // a word, perhaps an empty one in quotes
	plain   bool // without quotes and backslashes, so far
	quote   rune // the quote that is open; 0: none
	escaped bool // behind a backslash
}

func (s *splitter) next(r rune) error {
	switch {
	case r == 0:
		return errors.New("there is a NUL in the command line")
	case s.escaped:
		if s.quote == '"' && r != '"' && r != '\\' {
			s.word.WriteRune('\\')
		}
		s.add(r)
		s.escaped = false
	case r == '\\' && s.quote != '\'':
		s.escaped, s.within, s.plain = true, true, false
	case r == s.quote:
		s.quote = 0
	case s.quote != 0:
		s.add(r)
	case r == '\'' || r == '"':
		s.quote, s.within, s.plain = r, true, false
	case strings.ContainsRune(" \t\r\n", r):
		return s.end()
	default:
		s.plain = s.plain || !s.within
		s.add(r)
	}
	return nil
}

func (s *splitter) add(r rune) {
	s.within = true
	s.word.WriteRune(r)
}

// end ends a word.
func (s *splitter) end() error {
	if !s.within {
		return nil
	}
	word := s.word.String()
	if s.plain && slices.Contains(shellWords, word) {
		return fmt.Errorf("%s is for a shell, and none reads the command line; with one: sh -c '... \"$1\" ...' sh %s", word, urlPlace)
	}
	s.words = append(s.words, word)
	s.word.Reset()
	s.within, s.plain = false, false
	return nil
}

// quoteWord quotes a word so that SplitCommand, and a shell, read it as one.
func quoteWord(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\r\n\"'`$&|;<>()*?[]#~\\!") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
