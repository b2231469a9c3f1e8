package reference

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// negotiationFaults are those of the agreement on permessage-deflate.
func negotiationFaults() []departure {
	return slices.Concat(offersMisread(), agreementsChanged(), agreementsAccepted())
}

func offersMisread() []departure {
	const s = ServerSide
	return []departure{
		forgiving(s, "bad-offers-accepted", "7692-7-2", "the server accepts offers of permessage-deflate that are wrong"),
		misreadOffers("first-offer-alone-read", "7692-7-3", "the server reads the first offer alone", func(list []Extension) []Extension { return list[:1] }),
		misreadOffers("extension-compared-without-case", "7692-9.1-1", "the server compares the names of extensions without regard to case", func(list []Extension) []Extension {
			for i := range list {
				list[i].Name = strings.ToLower(list[i].Name)
			}
			return list
		}),
	}
}

// misreadOffers is the fault of a server that takes a list of offers for another.
func misreadOffers(id, requirement, title string, change func([]Extension) []Extension) departure {
	return misreading(id, requirement, title, func(r *http.Request) {
		value := strings.Join(r.Header["Sec-Websocket-Extensions"], ",")
		if change == nil {
			if strings.Contains(value, `"`) {
				r.Header.Del(fieldExtensions)
			}
			return
		}
		if list, err := ParseExtensions(value); err == nil {
			r.Header.Set(fieldExtensions, string(AppendExtensions(nil, change(list))))
		}
	})
}

// agreementsChanged are the faults of the answer to an offer.
func agreementsChanged() []departure {
	return slices.Concat(parametersChanged(), extensionsChanged())
}

// answer changes the extensions that a server accepts; offer is what it was asked.
func answer(id, requirement, title string, change func(offer, answer string) string) departure {
	return replying(id, requirement, title, func(h *head) {
		offer := strings.Join(h.request.Header["Sec-Websocket-Extensions"], ", ")
		h.edit(fieldExtensions, func(v string) string { return change(offer, v) })
	})
}

func parametersChanged() []departure {
	add := func(param string) func(_, v string) string {
		return func(_, v string) string { return v + "; " + param }
	}
	return []departure{
		answer("server-takeover-not-answered", "7692-7.1.1.1-2", "the answer leaves out server_no_context_takeover, which was asked for", func(_, v string) string {
			return offerWithout(v, "server_no_context_takeover")
		}),
		answer("client-takeover-not-answered", "7692-7.2.2-6", "the server has the client begin anew with each message, and does not say so", func(_, v string) string {
			return offerWithout(v, "client_no_context_takeover")
		}),
		answer("server-bits-not-answered", "7692-7.1.2.1-4", "the answer leaves out server_max_window_bits, which was asked for", func(_, v string) string {
			return offerWithout(v, "server_max_window_bits")
		}),
		answer("server-bits-greater", "7692-7.1.2.1-4", "the answer has a larger window than was asked for", func(_, v string) string {
			if strings.Contains(v, "server_max_window_bits=") {
				return offerWith(v, "server_max_window_bits", "server_max_window_bits=15")
			}
			return v
		}),
		answer("server-bits-16", "7692-7.1.2.1-5", "the answer has a window of 16 bits", func(_, v string) string {
			return offerWith(v, "server_max_window_bits", "server_max_window_bits=16")
		}),
		answer("server-bits-07", "7692-7.1.2.1-5", "the answer has a number of window bits with a leading zero", func(_, v string) string {
			return offerWith(v, "server_max_window_bits", "server_max_window_bits=015")
		}),
		answer("client-bits-unasked", "7692-7.1.2.2-5", "the answer has client_max_window_bits, which was not offered", func(offer, v string) string {
			if strings.Contains(offer, "client_max_window_bits") {
				return v
			}
			return v + "; client_max_window_bits=15"
		}),
		answer("client-bits-without-value", "7692-7.1.2.2-4", "the answer has client_max_window_bits without a value", func(_, v string) string {
			return offerWith(v, "client_max_window_bits", "client_max_window_bits")
		}),
		answer("client-bits-of-7", "7692-7.1.2.2-4", "the answer limits the client to a window of 7 bits", func(_, v string) string {
			return offerWith(v, "client_max_window_bits", "client_max_window_bits="+strconv.Itoa(7))
		}),
		answer("takeover-with-value", "7692-7.1.1.1-2", "the answer gives server_no_context_takeover a value", func(_, v string) string {
			return strings.Replace(v, "server_no_context_takeover", "server_no_context_takeover=1", 1)
		}),
		answer("parameter-twice", "7692-7-1", "a parameter of the answer stands there twice", add("client_no_context_takeover; client_no_context_takeover")),
	}
}

func extensionsChanged() []departure {
	return []departure{
		answer("offer-repeated", "7692-5-8", "the answer repeats the offer as it is", func(offer, _ string) string { return offer }),
		answer("bzip2-accepted-as-well", "7692-5-9", "the server accepts another compression next to permessage-deflate", func(offer, v string) string {
			return v + ", permessage-bzip2"
		}),
		answer("every-offer-accepted", "7692-5-9", "the server accepts everything that is offered", func(offer, _ string) string { return offer }),
		answer("deflate-frame-accepted", "7692-5-11", "the server accepts each extension that is offered next to permessage-deflate", func(offer, v string) string {
			list, _ := ParseExtensions(offer)
			for _, e := range list {
				if e.Name != deflateName {
					v += ", " + e.Name
				}
			}
			return v
		}),
		replying("declined-offer-named", "7692-7-2", "the server names permessage-deflate also when it declines it", func(h *head) {
			offer := strings.Join(h.request.Header["Sec-Websocket-Extensions"], ", ")
			if h.get(fieldExtensions) == "" && strings.Contains(offer, deflateName) {
				h.add(fieldExtensions, deflateName)
			}
		}),
		answer("agreement-misnamed", "7692-5-6", "the server accepts permessage-deflate under another name", func(_, v string) string {
			return strings.Replace(v, deflateName, "deflate", 1)
		}),
		{
			Fault:    Fault{"undefined-parameters-accepted", "6455-9.1-5", "the server accepts parameters that the extension does not define, and answers them", ServerSide},
			forgives: []string{"7692-7-2"},
			head: func(h *head) {
				offers, err := ParseExtensions(strings.Join(h.request.Header["Sec-Websocket-Extensions"], ", "))
				if err != nil || len(offers) == 0 || h.get(fieldExtensions) == "" {
					return
				}
				for _, p := range offers[0].Params {
					if !strings.HasPrefix(p.Name, "server_") && !strings.HasPrefix(p.Name, "client_") {
						h.set(fieldExtensions, h.get(fieldExtensions)+"; "+p.Name)
					}
				}
			},
		},
		replying("bzip2-accepted", "7692-5-13", "the server accepts permessage-bzip2, which nobody has", func(h *head) {
			if offer := strings.Join(h.request.Header["Sec-Websocket-Extensions"], ", "); h.get(fieldExtensions) == "" && strings.Contains(offer, "permessage-bzip2") {
				h.add(fieldExtensions, "permessage-bzip2")
			}
		}),
		replying("agreement-not-told", "7692-5-6", "the server compresses, but does not say so in its answer", dropping(fieldExtensions)),
	}
}

// agreementsAccepted are the faults of a client that accepts any answer.
func agreementsAccepted() []departure {
	const c = ClientSide
	return []departure{
		forgiving(c, "bad-agreement-accepted", "7692-7-4", "the client takes an answer with parameters that are wrong", "6455-4.3-1"),
		forgiving(c, "extension-twice-accepted", "7692-5-10", "the client takes an answer that accepts permessage-deflate twice"),
		forgiving(c, "rivals-accepted", "7692-5-12", "the client takes any extension next to permessage-deflate", "6455-4.1-47", "7692-5-10"),
		forgiving(c, "unoffered-agreement-accepted", "7692-5-15", "the client takes an answer that does not fit its offer",
			"7692-7.1.1.1-2", "7692-7.1.2.1-4", "7692-7.1.2.2-5"),
		forgiving(c, "takeover-not-insisted-on", "7692-7.1.1.1-2", "the client does not mind that server_no_context_takeover is missing"),
		forgiving(c, "bits-not-insisted-on", "7692-7.1.2.1-4", "the client does not mind a larger window than it asked for"),
		forgiving(c, "client-bits-unasked-accepted", "7692-7.1.2.2-5", "the client takes client_max_window_bits, which it did not offer"),
		believing(c, "hint-kept-to", "7692-7.2.2-11", "the client goes by its own hint and not by what was agreed", func(p *DeflateParams) {
			p.ServerNoContextTakeover = true
		}),
		strictOnIf("unasked-takeover-refused", "7692-errata-1", "the client refuses server_no_context_takeover that it did not ask for", func(r *Response) bool {
			return strings.Contains(r.Header.Get(fieldExtensions), "server_no_context_takeover")
		}),
	}
}
