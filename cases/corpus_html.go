package cases

import (
	"bytes"
	"fmt"
)

const (
	corpusHTMLSize    = 263647
	corpusHTMLAccents = 27 // characters of two octets
)

// corpusHTML is a page with one long table, as a program writes it.
func corpusHTML() []byte {
	const (
		head = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>Departures</title>\n</head>\n" +
			"<body>\n<h1>Departures</h1>\n<table class=\"departures\">\n<tbody>\n"
		tail = "</tbody>\n</table>\n</body>\n</html>\n"
		// the comment makes up for what is left behind the last row
		comment, commentEnd = "<!--", "-->\n"
	)
	d := newCorpusDice(4)
	plain := []string{"Marsh End", "Stoneford", "Castle Hill", "Wick", "Long Barrow", "Fairwater"}
	accents := []string{"Saint-Rémy", "Müllbach", "Ørby", "Peñas"}
	carriers := []string{"Coast Line", "Coast Line", "Coast Line", "Valley Railway"}
	b := bytes.NewBufferString(head)
	row, accented := 0, 0
	for b.Len() < corpusHTMLSize-1000 {
		to := d.pick(plain)
		if row%20 == 7 && accented < corpusHTMLAccents {
			to = accents[accented%len(accents)]
			accented++
		}
		corpusHTMLRow(b, d, row, to, d.pick(carriers))
		row++
	}
	b.WriteString(comment)
	for b.Len() < corpusHTMLSize-len(commentEnd)-len(tail) {
		b.WriteByte('.')
	}
	b.WriteString(commentEnd + tail)
	return b.Bytes()
}

func corpusHTMLRow(b *bytes.Buffer, d corpusDice, row int, to, carrier string) {
	parity := [...]string{"even", "odd"}[row%2]
	fmt.Fprintf(b, `<tr class="departure %s" id="d%d">
  <td class="time"><time datetime="%02d:%02d">%02[3]d:%02[4]d</time></td>
  <td class="train"><a href="/trains/%d" title="Stops and connections of train %[5]d">Train %[5]d</a></td>
  <td class="destination"><span class="name">%s</span></td>
  <td class="carrier"><span class="name">%s</span></td>
  <td class="platform"><span class="number">%d</span></td>
  <td class="remarks"><ul class="remarks"><li>runs daily</li></ul></td>
</tr>
`, parity, row, row/60%24, row%60, 1000+d.below(9000), to, carrier, d.between(1, 4))
}
