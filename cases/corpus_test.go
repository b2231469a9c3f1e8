package cases

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCorporaHaveTheSizesAndRatiosOfAutobahn(t *testing.T) {
	tests := []struct {
		name  string
		size  int
		ratio float64
		hash  string
	}{
		{"json", 194056, 0.044, "7363a27e5d2f308cd63de776d00b9db15bdebfb852d654ad774adb4ac7edbeac"},
		{"bitmap", 263222, 0.851, "ee98ddf216b827523a79ad4595f120ff96e0b2f8301f1c14fa58c68ff074a99f"},
		{"prose", 222218, 0.389, "05d769c6cc5ebba374837e98bf10affc4dec5edc7859e6b1d54625803da8e05f"},
		{"html", 263647, 0.055, "cfbe6ddfb2ef2b52cbb6e0d5180658df7e9cf22889d694c134f7d46c000e7014"},
		{"document", 1042328, 0.758, "32518dc1baf5a79f7cd04a6494175dac0bb56ff2624d49a44b85652bce920471"},
	}
	var names []string
	for _, test := range tests {
		names = append(names, test.name)
		octets := Corpus(test.name)
		if len(octets) != test.size {
			t.Errorf("%s has %d octets, not %d", test.name, len(octets), test.size)
		}
		if ratio := corpusRatio(t, octets); ratio < test.ratio*0.9 || ratio > test.ratio*1.1 {
			t.Errorf("%s is compressed to %.3f, not about %.3f", test.name, ratio, test.ratio)
		}
		if hash := sha256.Sum256(octets); hex.EncodeToString(hash[:]) != test.hash {
			t.Errorf("%s has changed: SHA-256 is %x", test.name, hash)
		}
	}
	if !slices.Equal(Corpora(), names) {
		t.Errorf("the corpora are %v, not %v", Corpora(), names)
	}
}

func corpusRatio(t *testing.T, octets []byte) float64 {
	t.Helper()
	var small bytes.Buffer
	w, err := zlib.NewWriterLevel(&small, 6)
	if err == nil {
		_, err = w.Write(octets)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return float64(small.Len()) / float64(len(octets))
}

func TestCorpusIsMadeOnce(t *testing.T) {
	for _, name := range Corpora() {
		if &Corpus(name)[0] != &Corpus(name)[0] {
			t.Errorf("%s is made again", name)
		}
	}
	if Corpus("") != nil || Corpus("text") != nil {
		t.Error("a corpus that there is none of")
	}
}

func TestCorporaOfTextAreUTF8(t *testing.T) {
	for _, name := range []string{"json", "prose", "html"} {
		if !isTextCorpus(name) || !utf8.Valid(Corpus(name)) {
			t.Errorf("%s is no text", name)
		}
	}
	for _, name := range []string{"bitmap", "document", ""} {
		if isTextCorpus(name) {
			t.Errorf("%q is text", name)
		}
	}
	if i := bytes.IndexFunc(Corpus("json"), func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
		t.Errorf("json is not ASCII at %d", i)
	}
	lengths := map[int]int{}
	for _, r := range string(Corpus("prose")) {
		lengths[utf8.RuneLen(r)]++
	}
	if lengths[2] < 5000 || lengths[3] < 100 || lengths[4] < 5 {
		t.Errorf("prose has characters of these lengths: %v", lengths)
	}
}

func TestCorpusJSONIsJSON(t *testing.T) {
	var list []any
	if err := json.Unmarshal(Corpus("json"), &list); err != nil || len(list) < 100 {
		t.Errorf("%d elements: %v", len(list), err)
	}
}

func TestCorpusBitmapIsABitmap(t *testing.T) {
	b := Corpus("bitmap")
	le := binary.LittleEndian
	if string(b[:2]) != "BM" || le.Uint32(b[2:]) != uint32(len(b)) || le.Uint32(b[14:]) != 40 {
		t.Fatalf("headers % x", b[:18])
	}
	width, height := le.Uint32(b[18:]), le.Uint32(b[22:])
	if width != 512 || height != 512 || le.Uint16(b[26:]) != 1 || le.Uint16(b[28:]) != 8 || le.Uint32(b[30:]) != 0 {
		t.Errorf("a picture of %d by %d: % x", width, height, b[18:54])
	}
	if offset := le.Uint32(b[10:]); offset != 54+4*le.Uint32(b[46:]) || offset+width*height != uint32(len(b)) {
		t.Errorf("shades begin at %d", offset)
	}
}

func TestCorpusHTMLIsBalanced(t *testing.T) {
	octets := Corpus("html")
	d := xml.NewDecoder(bytes.NewReader(octets)) // strict, so that every element must be closed
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	lengths := map[int]int{}
	for _, r := range string(octets) {
		lengths[utf8.RuneLen(r)]++
	}
	if lengths[2] != 27 || lengths[1] != 263620-27 {
		t.Errorf("characters of these lengths: %v", lengths)
	}
}

func TestCorpusDocumentIsAPDF(t *testing.T) {
	octets := Corpus("document")
	trailer := string(octets[bytes.LastIndex(octets, []byte("startxref\n")):])
	start, err := strconv.Atoi(strings.Split(trailer, "\n")[1])
	if err != nil || !strings.HasSuffix(trailer, "\n%%EOF\n") {
		t.Fatalf("%q: %v", trailer, err)
	}
	lines := strings.Split(string(octets[start:]), "\n")
	var first, count, streams int
	if _, err := fmt.Sscanf(strings.Join(lines[:2], " "), "xref %d %d", &first, &count); err != nil {
		t.Fatal(err)
	}
	for n, line := range lines[3 : 2+count] {
		offset, err := strconv.Atoi(line[:10])
		if err != nil || len(line) != 19 || !bytes.HasPrefix(octets[offset:], fmt.Appendf(nil, "%d 0 obj\n", n+1)) {
			t.Fatalf("line %q of the table: %v", line, err)
		}
		streams += corpusStreams(t, octets[offset:])
	}
	if streams != 2*corpusDocumentPages {
		t.Errorf("%d streams", streams)
	}
}

// corpusStreams checks the stream of an object, if it has one, and counts it.
func corpusStreams(t *testing.T, object []byte) int {
	t.Helper()
	header, rest, _ := bytes.Cut(object, []byte(" >>\nstream\n"))
	if bytes.Contains(header, []byte("endobj")) {
		return 0
	}
	size, err := strconv.Atoi(string(header[bytes.LastIndexByte(header, ' ')+1:]))
	if err != nil || !bytes.HasPrefix(rest[size:], []byte("\nendstream\nendobj\n")) {
		t.Fatalf("stream %q: %v", header, err)
	}
	if bytes.Contains(header, []byte("FlateDecode")) {
		r, err := zlib.NewReader(bytes.NewReader(rest[:size]))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, r); err != nil || n != corpusPictureWidth*corpusPictureRows {
			t.Errorf("a picture of %d octets: %v", n, err)
		}
	}
	return 1
}
