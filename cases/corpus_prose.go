package cases

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

const corpusProseSize = 222218

// corpusProse is sentences in a language that nobody speaks. Its letters are those
// of German, with a few characters of three and of four octets.
func corpusProse() []byte {
	d := newCorpusDice(3)
	words := corpusVocabulary(d, 9000)
	pick := corpusByRank(d, len(words))
	var b bytes.Buffer
	for b.Len() < corpusProseSize {
		for range d.between(3, 8) {
			b.WriteString(corpusSentence(d, func() string { return words[pick()] }))
			b.WriteByte(' ')
		}
		b.Truncate(b.Len() - 1)
		b.WriteString("\n\n")
	}
	end := corpusProseSize - 4
	for !utf8.RuneStart(b.Bytes()[end]) {
		end--
	}
	b.Truncate(end)
	for b.Len() < corpusProseSize-1 {
		b.WriteByte('.')
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// corpusSentence is one sentence, with its punctuation.
func corpusSentence(d corpusDice, next func() string) string {
	var s strings.Builder
	s.WriteString(corpusCapital(next()))
	last := d.between(4, 18)
	for i := range last {
		switch {
		case i == last-1 || !d.oneIn(9):
		case d.oneIn(4):
			s.WriteString(" –")
		default:
			s.WriteByte(',')
		}
		s.WriteByte(' ')
		s.WriteString(next())
	}
	switch {
	case d.oneIn(12):
		return "„" + s.String() + "!“"
	case d.oneIn(200):
		return s.String() + " 🌊."
	}
	return s.String() + "."
}

// corpusCapital is the word with its first letter in upper case.
func corpusCapital(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return strings.ToUpper(word[:size]) + word[size:]
}

// corpusVocabulary is a vocabulary. The words at its beginning, which are to be the
// frequent ones, are short; of the others every third is a noun, with a capital.
func corpusVocabulary(d corpusDice, n int) []string {
	onsets := strings.Fields("b br d dr f fl g gr h k kl kr l m n p pf r s sch schw sp st str t tr v w z")
	nuclei := strings.Fields("a a a e e e e e i i i o u ä ö ü au ei ie eu")
	codas := strings.Fields("n n r r l s t ch nd ng rt st ß tz ck mm ll nn ff")
	endings := strings.Fields("e en en er es ung lich ig heit t te é")
	known := map[string]bool{}
	var words []string
	for len(words) < n {
		word := d.pick(onsets) + d.pick(nuclei) + d.pick(codas)
		if len(words) > 60 {
			for range d.below(2) {
				word += d.pick(onsets) + d.pick(nuclei) + d.pick(codas)
			}
			word += d.pick(endings)
			if d.oneIn(3) {
				word = corpusCapital(word)
			}
		}
		if !known[word] {
			known[word] = true
			words = append(words, word)
		}
	}
	return words
}

// corpusByRank gives indices below n, each as often as the word of that rank
// stands in a text: the second half as often as the first, and so on.
func corpusByRank(d corpusDice, n int) func() int {
	sums := make([]int, n)
	sum := 0
	for i := range sums {
		sum += 1_000_000 / (i + 50)
		sums[i] = sum
	}
	return func() int {
		i, _ := slices.BinarySearch(sums, d.below(sum)+1)
		return i
	}
}
