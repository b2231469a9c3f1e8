package cases

import (
	"encoding/binary"
	"fmt"
	"hash/adler32"
	"slices"
)

const (
	corpusDocumentSize  = 1042328
	corpusDocumentPages = 12
	corpusPictureWidth  = 256 // octets in a row of a picture
	corpusPictureRows   = 206
)

// corpusDocument is a PDF of pages with text, which is plain, and with pictures in
// zlib streams, which nothing can compress further.
func corpusDocument() []byte {
	d := newCorpusDice(5)
	words := corpusVocabulary(d, 1200)
	pick := corpusByRank(d, len(words))
	doc := pdf{octets: make([]byte, 0, corpusDocumentSize)}
	doc.octets = append(doc.octets, "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"...)
	doc.object("<< /Type /Catalog /Pages 2 0 R >>")
	kids := ""
	for page := range corpusDocumentPages {
		kids += fmt.Sprintf("%d 0 R ", 4+3*page)
	}
	doc.object(fmt.Sprintf("<< /Type /Pages /Kids [ %s] /Count %d >>", kids, corpusDocumentPages))
	doc.object("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>")
	for page := range corpusDocumentPages {
		n := 4 + 3*page
		doc.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents %d 0 R "+
			"/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 %d 0 R >> >> >>", n+1, n+2))
		doc.stream("", corpusPageText(func() string { return words[pick()] }))
		picture := d.octets(nil, corpusPictureWidth*corpusPictureRows)
		doc.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "+
			"/BitsPerComponent 8 /Filter /FlateDecode ", corpusPictureWidth, corpusPictureRows), corpusStored(picture))
	}
	return doc.end(corpusDocumentSize)
}

// corpusPageText is the operators that show a page of words, one line each.
func corpusPageText(next func() string) []byte {
	b := []byte("q 400 0 0 360 97 40 cm /Im1 Do Q\nBT /F1 5 Tf 50 800 Td 6 TL\n")
	for range 400 {
		b = append(b, '(')
		for range 9 {
			for _, r := range next() { // WinAnsiEncoding has these letters where Latin-1 has them
				b = append(b, byte(r))
			}
			b = append(b, ' ')
		}
		b = append(b, ") '\n"...)
	}
	return append(b, "ET\n"...)
}

// corpusStored is a zlib stream (RFC 1950) of blocks that are not compressed, so
// that no change of a compressor can change the corpus.
func corpusStored(data []byte) []byte {
	b := []byte{0x78, 0x01}
	sum := adler32.Checksum(data)
	for chunk := range slices.Chunk(data, 0xffff) {
		data = data[len(chunk):]
		final := byte(0)
		if len(data) == 0 {
			final = 1
		}
		b = append(b, final)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(chunk)))
		b = binary.LittleEndian.AppendUint16(b, ^uint16(len(chunk)))
		b = append(b, chunk...)
	}
	return binary.BigEndian.AppendUint32(b, sum)
}

// A pdf is a document in the making, with the offsets of its objects.
type pdf struct {
	octets  []byte
	offsets []int
}

// object appends the next object.
func (p *pdf) object(body string) {
	p.offsets = append(p.offsets, len(p.octets))
	p.octets = fmt.Appendf(p.octets, "%d 0 obj\n%s\nendobj\n", len(p.offsets), body)
}

// stream appends the next object, which is a stream with these entries.
func (p *pdf) stream(entries string, data []byte) {
	p.object(fmt.Sprintf("<< %s/Length %d >>\nstream\n%s\nendstream", entries, len(data), data))
}

// end appends a comment that brings the document to its size, the table of the
// objects, and the trailer.
func (p *pdf) end(size int) []byte {
	const startDigits = 10 // of the offset of the table, with zeros before it
	objects := len(p.offsets) + 1
	table := fmt.Sprintf("xref\n0 %d\n%010d 65535 f \n", objects, 0)
	for _, offset := range p.offsets {
		table += fmt.Sprintf("%010d 00000 n \n", offset)
	}
	trailer := fmt.Sprintf("trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n", objects)
	rest := len(table) + len(trailer) + startDigits + len("\n%%EOF\n")
	p.octets = append(p.octets, '%')
	for len(p.octets) < size-rest-1 {
		p.octets = append(p.octets, '-')
	}
	p.octets = append(p.octets, '\n')
	start := len(p.octets)
	return fmt.Appendf(p.octets, "%s%s%0*d\n%%%%EOF\n", table, trailer, startDigits, start)
}
