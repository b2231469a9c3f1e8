package seen

import "fmt"

// A Line is one thing that a page saw, and who shows it: the page, developer tools or
// the console.
type Line struct{ By, Text string }

// Lines tell people all of it that may matter.
func (s *Connection) Lines() []Line {
	var lines []Line
	for _, e := range s.Exceptions {
		lines = append(lines, Line{"page", e.String()})
	}
	if s.URL == "" {
		return lines
	}
	lines = append(lines, Line{"page", s.Story()})
	if s.BufferedAmount > 0 {
		lines = append(lines, Line{"page", fmt.Sprintf("bufferedAmount %d at the end", s.BufferedAmount)})
	}
	lines = append(lines, Line{"tools", s.DevTools.Story()})
	for _, text := range s.DevTools.Console {
		lines = append(lines, Line{"console", text})
	}
	return lines
}
