package reference

import (
	"errors"
	"testing"
)

// What the peer sent before it saw our Close frame is read, however late the reads
// come.
func TestCloseWriteLeavesMessagesToTheReaders(t *testing.T) {
	c, p := rawClient(t, ConnOptions{})
	if err := c.CloseWrite(4000, "enough"); err != nil {
		t.Fatal(err)
	}
	p.wantFrame(0x88, []byte("\x0f\xa0enough"))
	p.send(join(frameBytes(0x81, false, []byte("a")), frameBytes(0x81, false, []byte("b")), frameBytes(0x88, false, []byte("\x0f\xa0"))))
	for _, want := range []string{"a", "b"} {
		if _, got, err := c.Read(testContext(t)); err != nil || string(got) != want {
			t.Fatalf("got %q, %v, want %q", got, err, want)
		}
	}
	p.nc.Close()
	_, _, err := c.Read(testContext(t))
	if closed, ok := errors.AsType[*CloseError](err); !ok || closed.Code != 4000 {
		t.Errorf("ended with %v", err)
	}
}

func TestCloseWriteSendsAnEmptyBodyFor1005(t *testing.T) {
	c, p := rawServer(t, ConnOptions{})
	if err := c.CloseWrite(StatusNoStatusReceived, ""); err != nil {
		t.Fatal(err)
	}
	p.wantFrame(0x88, nil)
	if err := c.CloseWrite(StatusAbnormalClosure, ""); err == nil {
		t.Error("1006 is sent")
	}
}
