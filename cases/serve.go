package cases

import "time"

// What is in this file is for scripts that a server plays to clients which have a
// mind of their own, and for cases of somebody's own that test clients. No case that
// a server is tested with can have it, except for MessageEvent.

// Forever is the number of Times of a RepeatStep that goes on until the peer closes
// the connection or ends TCP, or until the case's time is up.
const Forever = -1

// Loop plays the steps again and again until the peer closes the connection or ends
// TCP, which it may do wherever something is expected in there, or until the time of
// the case is up. It is the last step.
func Loop(steps ...Step) RepeatStep { return RepeatStep{Forever, steps} }

// PauseStep lets time pass. Whatever comes meanwhile is there for the next
// expectation; when the peer closes the connection, the pause is over.
type PauseStep struct{ For time.Duration }

// MaxPause bounds a PauseStep.
const MaxPause = time.Hour

// Pause lets time pass.
func Pause(d time.Duration) PauseStep { return PauseStep{d} }

// leader is the first step that is no pause, which may stand in front of an answer.
func leader(steps []Step) Step {
	for _, s := range steps {
		if _, pauses := s.(PauseStep); !pauses {
			return s
		}
	}
	return nil
}

// OpEcho marks an item of a Send that is the last message which an expectation has
// taken, with its type and payload.
const OpEcho Opcode = 254

// Back is the last message that was expected and came, sent back as it is.
func Back() Frame { return Frame{Opcode: OpEcho} }

// MessageEvent is a message of the peer with any payload.
type MessageEvent struct {
	Type Opcode // OpText or OpBinary; zero: either
}

// AnyMessage expects a message, whatever its type and payload.
func AnyMessage() MessageEvent { return MessageEvent{} }

// AnyText expects a text message with any payload.
func AnyText() MessageEvent { return MessageEvent{OpText} }

// AnyBinary expects a binary message with any payload.
func AnyBinary() MessageEvent { return MessageEvent{OpBinary} }
