package peers_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
	gorilla "github.com/gorilla/websocket"
)

// A driver is a client for Autobahn's fuzzing server, written as the documentation of
// Autobahn|Testsuite has it or as the library tests itself: it asks for the number of
// cases, opens one after the other and echoes until each ends, and asks for the
// reports. The calls into the library are those of its author, with the same options.
type driver struct {
	library string
	agent   string
	run     func(ctx context.Context, url string) error
}

func drivers(t *testing.T) []driver {
	t.Helper()
	list := []driver{{"gorilla", "gorilla", driveGorilla}, {"coder", "main", driveCoder}}
	if _, err := os.Stat(filepath.Join("node", "node_modules", "ws")); err != nil {
		t.Log("npm ci has not been run in ci/peers/node: no driver on ws")
		return list
	}
	return append(list, driver{"ws", "ws", driveWs})
}

// driveGorilla is on gorilla/websocket, whose author has a server for Autobahn alone:
// the echo is that of the server, and the loop that of Autobahn's documentation.
func driveGorilla(ctx context.Context, url string) error {
	dialer := gorilla.Dialer{EnableCompression: true}
	conn, _, err := dialer.DialContext(ctx, url+"/getCaseCount", nil)
	if err != nil {
		return err
	}
	_, text, err := conn.ReadMessage()
	conn.Close()
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(string(text))
	if err != nil {
		return err
	}
	for n := 1; n <= count; n++ {
		conn, _, err := dialer.DialContext(ctx, fmt.Sprintf("%s/runCase?case=%d&agent=gorilla", url, n), nil)
		if err != nil {
			continue // the server keeps what came of it
		}
		for err == nil {
			err = echoAll(conn)
		}
		conn.Close()
	}
	conn, _, err = dialer.DialContext(ctx, url+"/updateReports?agent=gorilla", nil)
	if err != nil {
		return err
	}
	_, _, _ = conn.ReadMessage() // the end of the connection
	return conn.Close()
}

// echoAll echoes a message, and checks a text as the library leaves it to its user.
func echoAll(conn *gorilla.Conn) error {
	kind, message, err := conn.ReadMessage()
	if err != nil {
		return err
	}
	if kind == gorilla.TextMessage && !utf8.Valid(message) {
		conn.WriteControl(gorilla.CloseMessage, gorilla.FormatCloseMessage(gorilla.CloseInvalidFramePayloadData, ""), time.Time{})
		return errors.New("text is not UTF-8")
	}
	return conn.WriteMessage(kind, message)
}

// driveCoder is on coder/websocket, after the test that its author runs. It opens the
// URL without a path until that goes well, as it would while a server starts.
func driveCoder(ctx context.Context, url string) error {
	conn, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		return err
	}
	conn.Close(websocket.StatusNormalClosure, "")
	count, err := coderCaseCount(ctx, url)
	if err != nil {
		return err
	}
	for n := 1; n <= count; n++ {
		conn, _, err := websocket.Dial(ctx, fmt.Sprintf("%s/runCase?case=%d&agent=main", url, n), &websocket.DialOptions{
			CompressionMode: websocket.CompressionContextTakeover,
		})
		if err != nil {
			continue // each case is a test of its own there
		}
		echoLoop(ctx, conn)
	}
	conn, _, err = websocket.Dial(ctx, url+"/updateReports?agent=main", nil)
	if err != nil {
		return err
	}
	conn.Close(websocket.StatusNormalClosure, "")
	return nil
}

func coderCaseCount(ctx context.Context, url string) (int, error) {
	conn, _, err := websocket.Dial(ctx, url+"/getCaseCount", nil)
	if err != nil {
		return 0, err
	}
	defer conn.Close(websocket.StatusInternalError, "")
	_, r, err := conn.Reader(ctx)
	if err != nil {
		return 0, err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return 0, err
	}
	conn.Close(websocket.StatusNormalClosure, "")
	return strconv.Atoi(string(text))
}

func echoLoop(ctx context.Context, conn *websocket.Conn) {
	defer conn.Close(websocket.StatusInternalError, "")
	defer func() { _ = recover() }() // of msgReader.Read, in a case that is none of Autobahn's
	conn.SetReadLimit(1 << 30)
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	b := make([]byte, 32<<10)
	for {
		kind, r, err := conn.Reader(ctx)
		if err != nil {
			return
		}
		w, err := conn.Writer(ctx, kind)
		if err != nil {
			return
		}
		if _, err := io.CopyBuffer(w, r, b); err != nil {
			return
		}
		if err := w.Close(); err != nil {
			return
		}
	}
}

// driveWs is on ws, after the script with which its author tests it.
func driveWs(ctx context.Context, url string) error {
	node := exec.CommandContext(ctx, "node", "autobahn.mjs", url)
	node.Dir = "node"
	if out, err := node.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}
