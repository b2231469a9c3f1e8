package reference

import (
	"bytes"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"
)

// unagreedFaults are those of endpoints that take an agreement on compression for
// granted.
func unagreedFaults() []departure {
	return []departure{
		receiving(EitherSide, "decompresses-without-agreement", "7692-5-14", "the endpoint decompresses messages with RSV1 where nothing was agreed on", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if t.deflated || !f.data() || !f.fin || f.rsv != bitRSV1 {
					return pass(f)
				}
				r := flate.NewReader(io.MultiReader(bytes.NewReader(f.payload), strings.NewReader(tail+"\x01\x00\x00\xff\xff")))
				payload, err := io.ReadAll(io.LimitReader(r, maxSifted))
				if err != nil {
					return pass(f)
				}
				f.rsv, f.form = 0, 0
				return pass(f.with(payload))
			}
		}),
		misjudging("agreement-taken-from-offer", "7692-5-15", "the client takes its own offer for what was agreed on", func(r *Response, o *DialOptions) {
			if len(o.Deflate) > 0 && len(r.Header["Sec-Websocket-Extensions"]) > 0 {
				params := o.Deflate[0].offer()
				if params.clientBits == noValue {
					params.clientBits = 0
				}
				r.Header.Set(fieldExtensions, string(AppendExtensions(nil, []Extension{params.extension()})))
			}
		}),
	}
}
