package cases

import (
	"slices"
	"strconv"
	"strings"
)

// deflateNegotiationCases test how a server answers an offer of
// permessage-deflate (RFC 7692, sections 5 and 7.1). That an answer is legal for
// the offer is part of every open connection: what these cases add is the
// offers.
func deflateNegotiationCases() []Case {
	return handshakeForServers(
		deflateOffers(), deflateAgreements(),
		deflateBadServerBits(), deflateBadClientBits(), deflateBadFlags(), deflateBadRepeats(), deflateBadNames(), deflateBadGrammar(),
		deflateSeveralOffers(), deflateRivals(), deflateManyOffers(),
	)
}

// deflateDeclineNote tells why declining a legal offer is no pass.
const deflateDeclineNote = "A server may decline what it does not support (RFC 7692, section 7), which is shown and not judged. An answer that is not legal for the offer fails."

// deflateAccepted expects an answer that accepts the offer, and shows that the
// server declined it.
func deflateAccepted() Expectation {
	return Expect(Answer(101).Has(extensionField)).OrInfo(Answer(101).Without(extensionField))
}

// A deflateParameter is a parameter of an offer in one of its forms.
type deflateParameter struct {
	id    string // its part of an id
	offer string
	refs  []string
}

// deflateFlag is server_no_context_takeover or client_no_context_takeover.
func deflateFlag(side string) deflateParameter {
	id := side + "-no-takeover"
	if side == "server" {
		return deflateParameter{id, "server_no_context_takeover", refs("7692-7.1.1.1-2", "7692-7.1.1.1-1", "7692-7.1.1.1-4")}
	}
	return deflateParameter{id, "client_no_context_takeover", refs("7692-5-8", "7692-7.1.1.2-1", "7692-7.1.1.2-2")}
}

// deflateBits is server_max_window_bits or client_max_window_bits; 0 stands for
// no value.
func deflateBits(side string, bits int) deflateParameter {
	p := deflateParameter{side + "-bits", side + "_max_window_bits", refs("7692-7.1.2.1-4", "7692-7.1.2.1-5", "7692-7.1.2.1-3")}
	if side == "client" {
		p.refs = refs("7692-7.1.2.2-4", "7692-7.1.2.2-3", "7692-7.1.2.2-1")
	}
	if bits > 0 {
		p.id += "-" + strconv.Itoa(bits)
		p.offer += "=" + strconv.Itoa(bits)
	}
	return p
}

// deflateOffered is the value of the field that offers these parameters.
func deflateOffered(parameters []deflateParameter) string {
	offer := deflateOffer
	for _, p := range parameters {
		offer += "; " + p.offer
	}
	return offer
}

// deflateOffers are offers with one parameter, or with none.
func deflateOffers() []Case {
	list := []Case{{
		ID:    "deflate/offer/plain",
		Title: "an offer without parameters is accepted, or declined by leaving it out",
		Refs:  refs("7692-5-6", "7692-7.1.2.2-5", "7692-5-13", "7692-7-1"),
		Needs: needs(Deflate),
		Note:  deflateDeclineNote,
		Steps: handshakeThen(extensionOffer(deflateOffer), deflateAccepted()),
	}}
	all := []deflateParameter{deflateFlag("server"), deflateFlag("client"), deflateBits("client", 0)}
	for bits := 8; bits <= 15; bits++ {
		all = append(all, deflateBits("server", bits), deflateBits("client", bits))
	}
	for _, p := range all {
		list = append(list, Case{
			ID:    "deflate/offer/" + p.id,
			Title: "an offer of " + p.offer + " is answered as that parameter asks",
			Refs:  p.refs,
			Needs: needs(Deflate),
			Note:  deflateDeclineNote,
			Steps: handshakeThen(extensionOffer(deflateOffered([]deflateParameter{p})), deflateAccepted()),
		})
		if p.offer == "server_no_context_takeover" {
			c := &list[len(list)-1]
			c.Note = "Section 7.1.1.1 recommends to support the parameter, so that to decline it is lax."
			c.Steps[1] = Expect(Answer(101).Has(extensionField)).OrLax(Answer(101).Without(extensionField))
		}
	}
	return list
}

// deflateAgreements are offers of all combinations of parameters, and what is
// then agreed put to use.
func deflateAgreements() []Case {
	none := deflateParameter{}
	var list []Case
	for _, server := range []deflateParameter{none, deflateFlag("server")} {
		for _, client := range []deflateParameter{none, deflateFlag("client")} {
			for _, write := range []deflateParameter{none, deflateBits("server", 8), deflateBits("server", 9), deflateBits("server", 15)} {
				for _, read := range []deflateParameter{
					none, deflateBits("client", 0), deflateBits("client", 8), deflateBits("client", 9), deflateBits("client", 15),
				} {
					offered := slices.DeleteFunc([]deflateParameter{server, client, write, read}, func(p deflateParameter) bool { return p.offer == "" })
					list = append(list, deflateAgreement(offered))
				}
			}
		}
	}
	return list
}

func deflateAgreement(offered []deflateParameter) Case {
	c := Case{
		ID:    "deflate/agreed/plain",
		Title: "what is agreed after an offer without parameters is kept",
		Refs:  refs("7692-5-16", "7692-5-8", "7692-5-7"),
		Needs: needs(Echo, Deflate),
		Note:  deflateDeclineNote,
	}
	if len(offered) > 0 {
		var ids, names []string
		for _, p := range offered {
			ids, names = append(ids, p.id), append(names, p.offer)
			if strings.HasPrefix(p.id, "server-bits") && p.id != "server-bits-15" {
				c.Needs = needs(Echo, Deflate, WindowBits)
			}
		}
		c.ID = "deflate/agreed/" + strings.Join(ids, "-")
		c.Title = "what is agreed after an offer of " + strings.Join(names, ", ") + " is kept"
	}
	// distances of 200, 300 and 600 are within none, one and two of the small windows
	near, middle, far := Random(200, 1), Random(300, 2), Random(600, 3)
	message := BinaryOf(Join(near, near, middle, middle, far, far, Fill("agreed; ", 200)))
	c.Steps = slices.Concat(
		steps(extensionOffer(deflateOffered(offered)), deflateAccepted()),
		deflateExchange(Text("Hello"), message, Text("Hello"), message),
		steps(Close(1000)))
	return c
}
