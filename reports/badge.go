package reports

import (
	"encoding/json"
	"html/template"
	"io"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// badgeLabel is the left half of a badge.
const badgeLabel = "wsspec"

// badgeWords are the right half of a badge, and its colour by shields' names.
func badgeWords(r *runner.Report, strict bool) (message, color string) {
	n := r.Count()
	bad := n[cases.Failed]
	if strict {
		bad += n[cases.Lax]
	}
	switch OutcomeOf(r, strict) {
	case Conformant:
		return "conformant", "brightgreen"
	case NotConformant:
		return plural(bad, "failure"), "red"
	}
	return OutcomeOf(r, strict).String(), "lightgrey"
}

// ShieldsJSON writes what shields.io takes for an endpoint badge.
func ShieldsJSON(w io.Writer, r *runner.Report, strict bool) error {
	message, color := badgeWords(r, strict)
	return json.NewEncoder(w).Encode(struct {
		Version int    `json:"schemaVersion"`
		Label   string `json:"label"`
		Message string `json:"message"`
		Color   string `json:"color"`
	}{1, badgeLabel, message, color})
}

// Badge writes an SVG image that says what the report comes to.
func Badge(w io.Writer, r *runner.Report, strict bool) error {
	message, color := badgeWords(r, strict)
	left, right := badgeWidth(badgeLabel), badgeWidth(message)
	return badge.Execute(w, map[string]any{
		"Label": badgeLabel, "Message": message, "Fill": badgeFill[color],
		"Left": left, "Right": right, "Width": left + right, "LeftMiddle": left / 2, "RightMiddle": left + right/2,
	})
}

// badgeFill are the colours, dark enough for white letters.
var badgeFill = map[string]string{"brightgreen": "#2b7a0b", "red": "#b3261e", "lightgrey": "#5f6368"}

// badgeWidth is about how wide a text is in 11 pixels high letters.
func badgeWidth(text string) int { return 7*utf8.RuneCountInString(text) + 12 }

var badge = template.Must(template.New("badge").Parse(`<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="20" role="img" aria-label="{{.Label}}: {{.Message}}">
<title>{{.Label}}: {{.Message}}</title>
<clipPath id="r"><rect width="{{.Width}}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="{{.Left}}" height="20" fill="#3c4043"/><rect x="{{.Left}}" width="{{.Right}}" height="20" fill="{{.Fill}}"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="{{.LeftMiddle}}" y="14">{{.Label}}</text><text x="{{.RightMiddle}}" y="14">{{.Message}}</text>
</g></svg>
`))
