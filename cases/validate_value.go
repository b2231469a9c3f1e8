package cases

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// payloadProblem says what is wrong with a payload; empty when nothing is.
func payloadProblem(p Payload) string {
	if p != nil && len(p) == 0 {
		return "an empty list of chunks; leave it nil"
	}
	total := 0
	for _, c := range p {
		switch {
		case c.Size < 1 || c.Size > MaxPayload:
			return fmt.Sprintf("a chunk of %d octets is not within 1 and %d", c.Size, MaxPayload)
		case c.Stream < 0 || c.Stream > MaxStreams:
			return fmt.Sprintf("random stream %d is not within 1 and %d", c.Stream, MaxStreams)
		case c.Corpus != "":
			if problem := sliceProblem(c); problem != "" {
				return problem
			}
		case c.From != 0:
			return "an offset in a chunk that is of no corpus"
		case c.Stream == 0 && c.Pattern == "":
			return "a chunk has neither a pattern nor a random stream"
		case c.Stream != 0 && c.Pattern != "":
			return "a chunk has a pattern and a random stream"
		}
		if total += c.Size; total > MaxPayload {
			return fmt.Sprintf("a payload of more than %d octets", MaxPayload)
		}
	}
	return ""
}

func sliceProblem(c Chunk) string {
	switch {
	case !slices.Contains(corpusWords[:], c.Corpus):
		return fmt.Sprintf("unknown corpus %q", c.Corpus)
	case c.Stream != 0 || c.Pattern != "":
		return "a chunk is of a corpus and of something else"
	case c.From < 0 || c.From+c.Size > len(Corpus(c.Corpus)):
		return fmt.Sprintf("octets %d to %d of the corpus %s, which has %d", c.From, c.From+c.Size, c.Corpus, len(Corpus(c.Corpus)))
	}
	return ""
}

// frameProblem says what is wrong with the description of a frame to send, which
// may well be an illegal frame; empty when nothing is.
func frameProblem(f Frame) string {
	if problem := payloadProblem(f.Payload); problem != "" {
		return problem
	}
	switch {
	case f.Opcode > 15 && f.Opcode != OpRaw && f.Opcode != OpEcho:
		return fmt.Sprintf("opcode %d does not fit into four bits", f.Opcode)
	case f.RSV > 7:
		return fmt.Sprintf("reserved bits %d do not fit into three bits", f.RSV)
	case f.Mask > Unmasked:
		return fmt.Sprintf("mask rule %d is not one of the rules", f.Mask)
	case f.Form > Length64:
		return fmt.Sprintf("length form %d is not one of the forms", f.Form)
	case f.Fragments < 0 || f.Fragments > MaxPayload:
		return fmt.Sprintf("fragments of %d octets are not within 1 and %d", f.Fragments, MaxPayload)
	case f.Fragments > 0 && (f.Opcode.IsControl() || f.More || f.Length != 0 || f.Form != Minimal || f.Key != ""):
		return "fragments are made of a whole data frame without a header of its own"
	case f.Form == Length16 && max(f.Length, uint64(f.Payload.Len())) > 0xffff:
		return "a length that does not fit into 16 bits"
	case f.Opcode == OpEcho && len(f.Payload) > 0:
		return "echo has the payload of what came, and no other"
	case f.Opcode == OpRaw && !isPlain(f):
		return "raw octets have no header: only Chopped, Cut and Only apply to them"
	}
	if problem := keyProblem(f); problem != "" {
		return problem
	}
	return piecesProblem(f.Chop, f.Cuts, f.First)
}

// isPlain reports whether the frame has nothing but opcode, payload and pieces.
func isPlain(f Frame) bool {
	return !f.More && f.RSV == 0 && f.Mask == MaskByRole && f.Key == "" &&
		f.Form == Minimal && f.Length == 0 && f.Fragments == 0 && !f.Deflated
}

func keyProblem(f Frame) string {
	if f.Key == "" {
		return ""
	}
	if _, err := hex.DecodeString(f.Key); err != nil || len(f.Key) != 8 {
		return fmt.Sprintf("masking key %q is not 8 hexadecimal digits", f.Key)
	}
	if f.Mask == Unmasked {
		return "a masking key in a frame that is not masked"
	}
	return ""
}

// piecesProblem checks how a frame is written: the size of pieces, the offsets in
// it at which a write ends, and how much of it is sent.
func piecesProblem(chop int, cuts []int, first int) string {
	switch {
	case chop < 0 || chop > MaxPayload:
		return fmt.Sprintf("pieces of %d octets are not within 1 and %d", chop, MaxPayload)
	case first < 0 || first > MaxPayload:
		return fmt.Sprintf("the first %d octets are not within 1 and %d", first, MaxPayload)
	case chop > 0 && len(cuts) > 0:
		return "both chopped and cut"
	case cuts != nil && len(cuts) == 0:
		return "an empty list of cuts; leave it nil"
	}
	for i, c := range cuts {
		if c < 1 || c > MaxPayload || i > 0 && c <= cuts[i-1] {
			return fmt.Sprintf("cuts %v are not ascending offsets within 1 and %d", cuts, MaxPayload)
		}
	}
	return ""
}

// edits checks a Request or Response without its Tail; foreign are edits that it
// cannot have.
func (s *script) edits(r Request, foreign ...EditOp) {
	if r.Edits != nil && len(r.Edits) == 0 {
		s.errorf("an empty list of edits; leave it nil")
	}
	for i, e := range r.Edits {
		if problem := editProblem(e); problem != "" {
			s.errorf("edit %d: %s", i+1, problem)
		}
		if slices.Contains(foreign, e.Op) {
			s.errorf("edit %d: %s is not for this side's part of the opening handshake", i+1, word(editWords[:], int(e.Op)))
		}
		if e.Op == SetAll && len(r.Edits) > 1 {
			s.errorf("edit %d: a whole request and other edits", i+1)
		}
	}
	for _, c := range r.Cuts {
		if c == 0 || c > MaxPayload || c < -MaxPayload {
			s.errorf("a cut at %d", c)
		}
	}
	if r.Cuts != nil && len(r.Cuts) == 0 {
		s.errorf("an empty list of cuts; leave it nil")
	}
	if problem := piecesProblem(r.Chop, nil, 0); problem != "" {
		s.errorf("%s", problem)
	}
	if r.Chop > 0 && len(r.Cuts) > 0 {
		s.errorf("both chopped and cut")
	}
}

func editProblem(e Edit) string {
	named := e.Op == SetField || e.Op == AddField || e.Op == DropField
	switch {
	case e.Op > SetAll:
		return fmt.Sprintf("edit %d is not one of the edits", e.Op)
	case named && e.Name == "":
		return "the field's name is missing"
	case !named && e.Name != "":
		return fmt.Sprintf("a field's name (%q) in an edit that has none", e.Name)
	case (e.Op == DropField || e.Op == Reverse) && e.Value != nil:
		return "a value in an edit that has none"
	}
	if problem := payloadProblem(e.Value); problem != "" {
		return problem
	}
	for _, c := range e.Value {
		if problem := placeholderProblem(c.Pattern); problem != "" {
			return problem
		}
	}
	return ""
}

// placeholderProblem finds a placeholder that is probably misspelt. Other words
// in braces are left alone: they may be what the case is about.
func placeholderProblem(s string) string {
	for {
		_, rest, found := strings.Cut(s, "{")
		name, _, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return ""
		}
		if !slices.Contains(placeholderWords[:], name) {
			if meant := nearest(name, placeholderWords[:]); meant != "" {
				return fmt.Sprintf("unknown placeholder {%s} (did you mean {%s}?)", name, meant)
			}
		}
		s = rest
	}
}
