package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Annotations writes a line for each result that is not expected, in the form in
// which GitHub takes annotations from the output of a job.
func Annotations(w io.Writer, s *Surprises) error {
	for i, r := range slices.Concat(s.Bad, s.Good) {
		text := fmt.Sprintf("%s: expected %s, got %s", r.Verdict, dash(oneLine(r.Expected)), dash(oneLine(r.Got+r.Reason)))
		if i >= len(s.Bad) {
			text = "it passes, though it is known to fail"
		}
		if _, err := fmt.Fprintf(w, "::error title=%s::%s\n", annotationProperty(r.Case.ID), annotationText(text)); err != nil {
			return err
		}
	}
	return nil
}

// annotationText escapes what would end the line of an annotation.
func annotationText(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// annotationProperty escapes besides what would end a property.
func annotationProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(annotationText(s))
}
