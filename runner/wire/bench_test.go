package wire

import (
	"bytes"
	stdflate "compress/flate"
	"fmt"
	"io"
	"testing"

	kflate "github.com/klauspost/compress/flate"
)

func BenchmarkMask(b *testing.B) {
	for _, n := range []int{5, 64, 125, 1 << 10, 64 << 10, 16 << 20} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := make([]byte, n)
			b.SetBytes(int64(n))
			for b.Loop() {
				Mask(p, sampleKey, 1)
			}
		})
	}
}

func BenchmarkHeader(b *testing.B) {
	h := Header{FIN: true, Opcode: Binary, Masked: true, Key: sampleKey, Length: 70000}
	p := make([]byte, 0, MaxHeader)
	for b.Loop() {
		if _, _, ok := ParseHeader(h.Append(p)); !ok {
			b.Fatal("no header")
		}
	}
}

func BenchmarkNext(b *testing.B) {
	for _, n := range []int{16, 64, 1 << 10, 16 << 10, 1 << 20} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			frames := max(1, 1<<20/n)
			wire := bytes.Repeat(AppendFrame(nil, Header{FIN: true, Opcode: Binary, Masked: true, Key: sampleKey, Length: uint64(n)}, pattern(n)), frames)
			src := bytes.NewReader(wire)
			r := NewReader(src)
			b.SetBytes(int64(len(wire)))
			b.ReportAllocs()
			for b.Loop() {
				src.Reset(wire)
				for range frames {
					if _, err := r.Next(); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(frames)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mframes/s")
		})
	}
}

func BenchmarkReadHead(b *testing.B) {
	b.SetBytes(int64(len(response)))
	b.ReportAllocs()
	src := bytes.NewReader(nil)
	r := NewReader(src)
	for b.Loop() {
		src.Reset([]byte(response))
		if _, err := ReadHead(r, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompress(b *testing.B) {
	for _, n := range []int{16, 64, 1 << 10, 64 << 10} {
		for _, bits := range []int{9, 15} {
			for _, fresh := range []bool{false, true} {
				b.Run(fmt.Sprintf("size=%d/bits=%d/fresh=%v", n, bits, fresh), func(b *testing.B) {
					c := Compressor{WindowBits: bits, NoContextTakeover: fresh}
					text := jsonText(n)
					var dst []byte
					b.SetBytes(int64(n))
					b.ReportAllocs()
					for b.Loop() {
						dst = c.Compress(dst[:0], text)
					}
					b.ReportMetric(float64(len(dst)), "octets")
				})
			}
		}
	}
}

func BenchmarkInflate(b *testing.B) {
	for _, n := range []int{64, 1 << 10, 64 << 10, 1 << 20} {
		text := jsonText(n)
		payload := new(Compressor).Compress(nil, text)
		b.Run(fmt.Sprintf("wire/%d", n), func(b *testing.B) {
			var f Inflater
			var dst []byte
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if dst, _, err = f.Inflate(dst[:0], payload, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
		whole := append(payload[:len(payload):len(payload)], 0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff)
		for name, r := range map[string]io.Reader{"std": stdflate.NewReader(nil), "klauspost": kflate.NewReader(nil)} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				dst := make([]byte, n)
				b.SetBytes(int64(n))
				for b.Loop() {
					_ = r.(stdflate.Resetter).Reset(bytes.NewReader(whole), nil)
					if _, err := io.ReadFull(r, dst); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
