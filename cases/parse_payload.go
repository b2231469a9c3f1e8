package cases

// atPayload reports whether a payload begins here.
func (l *line) atPayload() bool {
	return l.tok.kind == tokenString || l.tok.is(tokenWord, "fill") || l.tok.is(tokenWord, "random") || l.tok.is(tokenWord, "corpus")
}

// payload reads chunks with + between them.
func (l *line) payload() Payload {
	var p Payload
	total := 0
	for more := true; more; more = l.accept("+") {
		at := l.tok
		c := l.chunk()
		if total += c.Size; total > MaxPayload {
			l.fail(at, nil, "a payload of more than %d octets", MaxPayload)
		}
		if c.Size > 0 {
			p = append(p, c)
		}
	}
	if l.fault != nil {
		return nil
	}
	return p
}

// chunk reads one chunk; only that of an empty string has no octets.
func (l *line) chunk() Chunk {
	at := l.tok
	switch {
	case at.kind == tokenString:
		return l.literal()
	case at.is(tokenWord, "fill"):
		l.advance()
		l.sign("(")
		pattern := l.pattern()
		l.sign(",")
		size := l.number("the size", 1, MaxPayload)
		l.sign(")")
		return Chunk{Pattern: pattern, Size: int(size)}
	case at.is(tokenWord, "random"):
		l.advance()
		l.sign("(")
		size := l.number("the size", 1, MaxPayload)
		l.sign(",")
		stream := l.number("the number of the random stream", 1, MaxStreams)
		l.sign(")")
		return Chunk{Size: int(size), Stream: int(stream)}
	}
	if at.is(tokenWord, "corpus") {
		l.advance()
		return l.slice()
	}
	l.fail(at, []string{"fill", "random", "corpus"}, `a payload is "...", "..."*3, fill("...", 5), random(5, 1) or corpus(json, 5)`)
	return Chunk{}
}

// slice reads what corpus takes: its name, the size, and where the slice begins.
func (l *line) slice() Chunk {
	l.sign("(")
	c := Chunk{Corpus: corpusWords[l.oneOf("corpus", corpusWords[:])]}
	l.sign(",")
	most := int64(len(Corpus(c.Corpus)))
	c.Size = int(l.number("the size", 1, most))
	if l.accept(",") {
		c.From = int(l.number("the offset", 1, most-int64(c.Size)))
	}
	l.sign(")")
	return c
}

// literal reads a string, or a string that is repeated.
func (l *line) literal() Chunk {
	at := l.tok
	s := l.quoted("the payload")
	if !l.tok.is(tokenSign, "*") {
		return Chunk{Pattern: s, Size: len(s)}
	}
	if s == "" {
		l.fail(at, nil, "an empty string cannot be repeated")
	}
	l.advance()
	times := l.number("the number of repetitions", 1, int64(MaxPayload/max(1, len(s))))
	return Chunk{Pattern: s, Size: len(s) * int(times)}
}

// pattern reads the string that fill repeats.
func (l *line) pattern() string {
	at := l.tok
	s := l.quoted("the pattern")
	if s == "" {
		l.fail(at, nil, "an empty string cannot be repeated")
	}
	return s
}
