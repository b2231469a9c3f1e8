package cases

import (
	"fmt"
	"slices"
	"time"
)

// deflateVolumeCases play many compressed messages one after the other, so that
// each can refer to those before it (RFC 7692, section 7.2). What is offered to a
// server is not what is answered to a client, so that the two have cases of their
// own. The volumes are those of Autobahn|Testsuite; a quick run plays less.
func deflateVolumeCases() []Case {
	return slices.Concat(
		deflateVolumes(Server, deflateVolumeCorpora(), deflateVolumeHints()),
		deflateVolumes(Server, deflateVolumeCorpora()[:1], deflateVolumeOffers()...),
		deflateVolumes(Client, deflateVolumeCorpora(), deflateVolumePlain()),
		deflateVolumes(Client, deflateVolumeCorpora()[:1], deflateVolumeAnswers()...),
	)
}

// A volumeCorpus is what messages are cut from. In the groups of Autobahn the
// prose goes out as binary messages.
type volumeCorpus struct {
	name string
	of   func(Payload) Frame
}

func deflateVolumeCorpora() []volumeCorpus {
	return []volumeCorpus{{"json", TextOf}, {"bitmap", BinaryOf}, {"prose", BinaryOf}, {"html", TextOf}, {"document", BinaryOf}}
}

// A volumeShape is how large the messages are.
type volumeShape struct {
	size     int
	fragment int // octets of compressed payload in each frame; 0: one frame
	seconds  int // that Autobahn gives it
}

func deflateVolumeShapes() []volumeShape {
	return []volumeShape{
		{16, 0, 60}, {64, 0, 60}, {256, 0, 120}, {kibi, 0, 240},
		{4 * kibi, 0, 480}, {8 * kibi, 0, 480}, {16 * kibi, 0, 480}, {32 * kibi, 0, 480}, {64 * kibi, 0, 480}, {128 * kibi, 0, 480},
		{8 * kibi, 256, 480}, {16 * kibi, 256, 480}, {32 * kibi, 256, 480}, {64 * kibi, 256, 480}, {128 * kibi, 256, 480},
		{128 * kibi, kibi, 480}, {128 * kibi, 4 * kibi, 480}, {128 * kibi, 32 * kibi, 480},
	}
}

const (
	deflateVolumeRounds = 1000
	// deflateVolumeEnough is how many octets a quick run sends, at least: more than
	// the window of 32 KiB holds, so that it has to slide.
	deflateVolumeEnough = 40 * kibi
)

// quickRounds is how many messages a quick run sends. That is no less than three,
// so that a message can refer to one which itself refers to another, and with tiny
// messages, which never fill the window, as many as make matches likely.
func (s volumeShape) quickRounds() int {
	return min(max((deflateVolumeEnough+s.size-1)/s.size, 3), 40)
}

func (s volumeShape) name() string {
	if s.fragment > 0 {
		return limitsDashed(s.size) + "-in-fragments-of-" + limitsDashed(s.fragment)
	}
	return limitsDashed(s.size)
}

// deflateVolumes are all shapes of messages from each corpus, with each agreement.
func deflateVolumes(side Subject, corpora []volumeCorpus, agreements ...volumeAgreement) []Case {
	var all []Case
	for _, agreement := range agreements {
		for i, corpus := range corpora {
			for j, shape := range deflateVolumeShapes() {
				c := agreement.volume(side, corpus, shape)
				for _, group := range agreement.groups[i] {
					c.Alias = append(c.Alias, autobahn(fmt.Sprintf("%s.%d", group, j+1))...)
				}
				all = append(all, c)
			}
		}
	}
	return all
}

// volume is the case of one corpus and shape.
func (a volumeAgreement) volume(side Subject, corpus volumeCorpus, shape volumeShape) Case {
	message := corpus.of(Slice(corpus.name, shape.size))
	sent := message.Deflate()
	if shape.fragment > 0 {
		sent = sent.InFragments(shape.fragment)
	}
	back := Expect(message)
	limit := ""
	if shape.size > limitsCommon {
		back, limit = back.OrInfo(Closes(1009), End()), " "+messageLimitNote
	}
	play := func(rounds int) []Step {
		return steps(Open(a.extensions), Repeat(rounds, Send(sent), back), Close(1000))
	}
	path := a.name
	if path == "" {
		path = corpus.name
	}
	return Case{
		ID:      "deflate/volume/" + subjectWords[side] + "/" + path + "/" + shape.name(),
		Title:   fmt.Sprintf("compressed messages of %s are read and sent back%s", shape.words(corpus), a.title),
		Refs:    a.refs,
		Subject: side,
		Needs:   a.needs,
		Weight:  Heavy,
		Timeout: time.Duration(shape.seconds) * time.Second,
		Note: fmt.Sprintf("A full run sends %d messages, any other %d. %s%s",
			deflateVolumeRounds, shape.quickRounds(), a.note, limit),
		Steps: play(deflateVolumeRounds),
		Quick: play(shape.quickRounds()),
	}
}

// words are the messages in words.
func (s volumeShape) words(corpus volumeCorpus) string {
	w := limitsSize(s.size) + " of " + map[string]string{
		"json": "JSON", "bitmap": "a bitmap", "prose": "prose", "html": "HTML", "document": "a document",
	}[corpus.name]
	if s.fragment > 0 {
		w += " in fragments of " + limitsSize(s.fragment)
	}
	return w
}
