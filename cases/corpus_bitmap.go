package cases

import "encoding/binary"

// The picture and the parts of the file that holds it.
const (
	corpusBitmapSide    = 512
	corpusBitmapHeaders = 14 + 40
	corpusBitmapPalette = 256 * 4
	corpusBitmapSize    = corpusBitmapHeaders + corpusBitmapPalette + corpusBitmapSide*corpusBitmapSide
)

// corpusBitmap is a Windows bitmap with 256 shades of grey: soft clouds with the
// noise of a scan.
func corpusBitmap() []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, corpusBitmapSize)
	b = append(b, "BM"...) // BITMAPFILEHEADER
	b = le.AppendUint32(b, corpusBitmapSize)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint32(b, corpusBitmapHeaders+corpusBitmapPalette)
	b = le.AppendUint32(b, 40) // BITMAPINFOHEADER
	b = le.AppendUint32(b, corpusBitmapSide)
	b = le.AppendUint32(b, corpusBitmapSide)
	b = le.AppendUint16(b, 1)
	b = le.AppendUint16(b, 8)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint32(b, corpusBitmapSide*corpusBitmapSide)
	b = le.AppendUint32(b, 2835) // 72 dots per inch
	b = le.AppendUint32(b, 2835)
	b = le.AppendUint32(b, 256)
	b = le.AppendUint32(b, 0)
	for i := range 256 {
		b = append(b, byte(i), byte(i), byte(i), 0)
	}
	return corpusClouds(b)
}

// corpusClouds appends the shades: values at the corners of a grid, what is
// between them in proportion, and noise on all of it.
func corpusClouds(b []byte) []byte {
	const cell, corners = 64, corpusBitmapSide/64 + 1
	d := newCorpusDice(2)
	var grid [corners][corners]int
	for y := range corners {
		for x := range corners {
			grid[y][x] = d.between(60, 190)
		}
	}
	for y := range corpusBitmapSide {
		for x := range corpusBitmapSide {
			gx, gy, fx, fy := x/cell, y/cell, x%cell, y%cell
			above := grid[gy][gx]*(cell-fx) + grid[gy][gx+1]*fx
			below := grid[gy+1][gx]*(cell-fx) + grid[gy+1][gx+1]*fx
			shade := (above*(cell-fy) + below*fy) / (cell * cell)
			b = append(b, byte(shade+d.between(-20, 20)+d.between(-20, 20)))
		}
	}
	return b
}
