package reports

import (
	_ "embed"
	"html/template"
	"io"
	"maps"
	"net/url"
	"slices"
)

//go:embed autobahn.html
var autobahnHTML string

// autobahnRow is a case in the page's table, with a cell for each agent.
type autobahnRow struct {
	ID, Title string
	Cells     []autobahnCell
}

type autobahnCell struct {
	Ran   bool
	Link  string // to the file of the case
	Entry autobahnEntry
	Code  any // of the agent's Close frame
}

// autobahnPage writes index.html, which needs nothing but the files beside it.
func autobahnPage(w io.Writer, index map[string]map[string]autobahnEntry, runs []AutobahnRun) error {
	page, err := template.New("autobahn").Parse(autobahnHTML)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, run := range runs {
		for i := range run.Report.Results {
			c := &run.Report.Results[i].Case
			for _, id := range autobahnIDs(c) {
				titles[id] = Visible(c.Title)
			}
		}
	}
	agents := slices.Sorted(maps.Keys(index))
	counts := make([]map[string]int, len(agents))
	var rows []autobahnRow
	for _, id := range slices.SortedFunc(maps.Keys(titles), CompareAutobahnIDs) {
		row := autobahnRow{ID: id, Title: titles[id]}
		for i, agent := range agents {
			e, ran := index[agent][id]
			row.Cells = append(row.Cells, autobahnCell{ran, url.PathEscape(e.ReportFile), e, codeOf(e)})
			if counts[i] == nil {
				counts[i] = map[string]int{}
			}
			if ran {
				counts[i][e.Behavior]++
			}
		}
		rows = append(rows, row)
	}
	return page.Execute(w, map[string]any{
		"Agents": agents, "Counts": counts, "Rows": rows,
		"Words": []string{"OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED"},
	})
}

func codeOf(e autobahnEntry) any {
	if e.RemoteCloseCode == nil {
		return ""
	}
	return *e.RemoteCloseCode
}
