package cases

// A PageStep is one move of a web page in a browser that is tested. A page makes
// its steps in their order, beside the conversation on the wire: it meets that in
// the events of its WebSocket object alone. Those that follow each other run without
// a break, and those behind Await run in the handler of that event. Every event has to
// be awaited: one that comes instead of the next that is awaited ends the steps.
//
// A page that has a step which ends otherwise than Want or Or say breaks the rule.
type PageStep struct {
	Do PageAction
	// Name is the place of Within; the attribute of Assign, Read and Until; the event of
	// Await and MaybeAwait.
	Name string
	// Args are the arguments of a call, or the value that Assign sets.
	Args []PageValue
	Want PageOutcome
	// Or are other outcomes, with their grades. One that throws where Want does not, or
	// that is an event, ends the steps.
	Or []PageOption
}

// PageAction is what a page does in a step.
type PageAction byte

// The actions, of which each has a function that makes such a step.
const (
	PageWithin PageAction = iota
	PageConstruct
	PageClose
	PageSend
	PageAssign
	PageRead
	PageUntil
	PageAwait
	PageMaybe
	PageEvent
	PageLeave
	PageForget
	PageCollect
	PagePause
)

// A PageOutcome is how a step ends.
type PageOutcome struct {
	// Throws is the name of the exception, as of a DOMException; empty: it throws none.
	Throws string
	// Event is the event that came before there was what Until waits for; only of Or.
	Event string
	// Value is what Read and Until find; the zero value for all others.
	Value PageValue
}

// A PageOption is another outcome of a step and its grade.
type PageOption struct {
	Grade   Verdict
	Outcome PageOutcome
}

// Within has the page's steps run in a frame, in one whose policy forbids connections
// ("sealed"), in one that comes over TLS ("secure"), or in a dedicated worker. It is
// the first step.
func Within(place string) PageStep { return PageStep{Do: PageWithin, Name: place} }

// Construct calls the constructor of WebSocket. Without arguments it gets the URL
// that the case is played at; a URL may have the placeholders of a request.
func Construct(args ...PageValue) PageStep { return PageStep{Do: PageConstruct, Args: args} }

// CallClose calls close.
func CallClose(args ...PageValue) PageStep { return PageStep{Do: PageClose, Args: args} }

// CallSend calls send.
func CallSend(data PageValue) PageStep { return PageStep{Do: PageSend, Args: []PageValue{data}} }

// Assign sets an attribute.
func Assign(attribute string, v PageValue) PageStep {
	return PageStep{Do: PageAssign, Name: attribute, Args: []PageValue{v}}
}

// Read reads an attribute of the WebSocket object, or of the last event, and expects
// this value.
func Read(attribute string, v PageValue) PageStep {
	return PageStep{Do: PageRead, Name: attribute, Want: PageOutcome{Value: v}}
}

// Until waits, without an event, for an attribute to have this value.
func Until(attribute string, v PageValue) PageStep {
	return PageStep{Do: PageUntil, Name: attribute, Want: PageOutcome{Value: v}}
}

// Await waits for the event, which must be the next.
func Await(event string) PageStep { return PageStep{Do: PageAwait, Name: event} }

// MaybeAwait waits for the next event, and is done with it if it is this one.
func MaybeAwait(event string) PageStep { return PageStep{Do: PageMaybe, Name: event} }

// MakeEvent makes a CloseEvent, whose attributes the next steps read: without
// arguments, or with code, reason and wasClean.
func MakeEvent(args ...PageValue) PageStep { return PageStep{Do: PageEvent, Args: args} }

// Leave has the frame or the worker go away in which the steps run. It is the last
// step.
func Leave() PageStep { return PageStep{Do: PageLeave} }

// Forget drops the last reference that the page has to its WebSocket object.
func Forget() PageStep { return PageStep{Do: PageForget} }

// Collect has the browser collect what nothing refers to.
func Collect() PageStep { return PageStep{Do: PageCollect} }

// PauseFor waits so many milliseconds, in which no event may come.
func PauseFor(ms int) PageStep {
	return PageStep{Do: PagePause, Args: []PageValue{Num(float64(ms))}}
}

// Throws expects the exception with that name.
func (s PageStep) Throws(name string) PageStep { s.Want = PageOutcome{Throws: name}; return s }

// OrLax adds an outcome that works but is only tolerated.
func (s PageStep) OrLax(o PageOutcome) PageStep { return s.or(Lax, o) }

// OrInfo adds an outcome that is worth knowing and is not judged.
func (s PageStep) OrInfo(o PageOutcome) PageStep { return s.or(Info, o) }

func (s PageStep) or(grade Verdict, o PageOutcome) PageStep {
	s.Or = append(s.Or[:len(s.Or):len(s.Or)], PageOption{grade, o})
	return s
}

// HasValue reports whether the step finds a value.
func (s *PageStep) HasValue() bool { return s.Do == PageRead || s.Do == PageUntil }

func (a PageAction) String() string { return word(actionWords[:], int(a)) }
