package cases

import "bytes"

func Corpus(name string) []byte {
	if name == "" {
		return nil
	}
	return stub[:]
}

var stub = bytes.Repeat([]byte("stub"), 1<<16)

func isTextCorpus(name string) bool { return name == "json" || name == "html" }

var corpusWords = [...]string{"json", "bitmap", "prose", "html", "document"}
