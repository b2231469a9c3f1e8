package cases

import (
	"bytes"
	"fmt"
)

const corpusJSONSize = 194056

// corpusJSON is an indented array of objects with the same members, of which few
// differ from one to the next.
func corpusJSON() []byte {
	d := newCorpusDice(1)
	stations := []string{"harbour", "upper lock", "old bridge", "weir", "lighthouse", "mill pond", "north quay", "ferry"}
	quality := []string{"good", "good", "good", "good", "good", "good", "good", "doubtful"}
	b := bytes.NewBufferString("[\n")
	level, minute := 4120, 0
	for b.Len() < corpusJSONSize-1000 {
		level += d.between(-40, 40)
		minute += 5
		fmt.Fprintf(b, `  {
    "station": {"name": %q, "river": "Ansel", "owner": "Board of Rivers and Canals"},
    "taken": "2019-03-%02dT%02d:%02d:00Z",
    "level": {"value": %d, "unit": "millimetres above the gauge's zero", "quality": %q},
    "temperature": {"value": %d.%03d, "unit": "degrees Celsius", "quality": "good"},
    "alarm": null,
    "checked": true,
    "revision": %d
  },
`, d.pick(stations), 1+minute/1440, minute/60%24, minute%60, level, d.pick(quality), d.between(5, 8), d.below(1000), d.below(100))
	}
	const head, tail = `  {"end": "`, "\"}\n]\n"
	b.WriteString(head)
	for b.Len() < corpusJSONSize-len(tail) {
		b.WriteByte('-')
	}
	b.WriteString(tail)
	return b.Bytes()
}
