package spec

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/reference"
)

// chosen are the options of a generated server, each with what it takes.
var chosen = []string{
	"--listen 127.0.0.1:9001 --listen [::1]:9002",
	"--tls-cert cert.pem --tls-key key.pem",
	"--subprotocol chat.v1 --subprotocol chat.v2",
	"--origin https://app.example",
	"--read-limit 65536",
	"--no-deflate",
	"--handlers testdata/handlers --visit-timeout 1m",
	"--fault utf8-not-checked",
	"--fault pong-payload-cut --fault-odds 0.5 --seed 7",
}

// wrong are faults of several kinds: of framing, of control frames, of closing, of
// compression, of the opening handshake, and of HTTP.
var wrong = []string{
	"reserved-bits-ignored", "pong-refused", "close-reason-refused", "rsv1-inside-message-accepted",
	"upgrade-field-with-version", "space-before-colon-accepted",
}

// variants are the command lines of the servers, by name. The source is that of
// wsspec.
func variants(source string) map[string]string {
	all := map[string]string{"plain": ""}
	for i, a := range chosen {
		for j, b := range chosen[:i] {
			all[fmt.Sprintf("pair-%d-%d", j, i)] = a + " " + b
		}
	}
	for _, id := range wrong {
		all[id] = "--fault " + id
	}
	for name, options := range all {
		all[name] = strings.Replace(options, "testdata", filepath.Join(source, "testdata"), 1)
	}
	return all
}

// These build and run some dozens of programs, which takes the better part of a
// minute.
var _ = Describe("A generated server", Label("generate"), Ordered, func() {
	var folder string
	BeforeAll(func() {
		switch {
		case foreign():
			Skip("another server is tested")
		case testing.Short():
			Skip("it takes half a minute")
		}
		folder = GinkgoT().TempDir()
		generateAll(folder)
	})
	It("is formatted and vetted, and passes its own test, with each combination of two options, and with faults", func(ctx context.Context) {
		Expect(command(ctx, folder, "gofmt", "-l", ".")).To(BeEmpty())
		args := []string{"test", "-short", "-vet=all", "-count=1"}
		for name := range variants("") {
			args = append(args, "./"+name)
		}
		command(ctx, folder, "go", args...)
	})
	It("passes the whole suite, and has the go.mod and go.sum that go mod tidy makes", func(ctx context.Context) {
		dir := filepath.Join(folder, "plain")
		command(ctx, dir, "env", "GOWORK=off", "go", "test", "-count=1", ".")
		command(ctx, dir, "env", "GOWORK=off", "go", "mod", "tidy", "-diff")
	})
	It("is one static program, which ends in order", func(ctx context.Context) {
		dir := filepath.Join(folder, "plain")
		command(ctx, dir, "env", "CGO_ENABLED=0", "GOWORK=off", "go", "build", "-trimpath", "-ldflags=-s", "-o", "program", ".")
		talkTo(ctx, filepath.Join(dir, "program"))
	})
})

// generateAll writes all variants below a folder, as modules of one workspace.
func generateAll(folder string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	source, err := filepath.Abs("..")
	Expect(err).NotTo(HaveOccurred())
	wsspec := filepath.Join(folder, "wsspec")
	command(ctx, source, "go", "build", "-o", wsspec, ".")
	all := variants(source)
	workspace := "go 1.26.0\n\nuse (\n"
	var writing sync.WaitGroup
	for _, name := range slices.Sorted(maps.Keys(all)) {
		workspace += "\t./" + name + "\n"
		writing.Go(func() { // each waits for its faults more than it computes
			defer GinkgoRecover()
			command(ctx, folder, wsspec, append([]string{"generate", name, "--replace", source}, strings.Fields(all[name])...)...)
		})
	}
	writing.Wait()
	Expect(os.WriteFile(filepath.Join(folder, "go.work"), []byte(workspace+")\n"), 0o644)).To(Succeed())
}

// command runs a command that has to succeed, without the network, and returns its
// output.
func command(ctx context.Context, folder, name string, args ...string) string {
	GinkgoHelper()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=")
	out, err := c.CombinedOutput()
	Expect(err).NotTo(HaveOccurred(), "%s %s\n%s", name, strings.Join(args, " "), out)
	return string(out)
}

// talkTo starts a server, has a message sent back, and interrupts it.
func talkTo(ctx context.Context, program string) {
	ctx, cancel := context.WithTimeout(ctx, patient)
	defer cancel()
	c := exec.CommandContext(ctx, program, "-listen", "127.0.0.1:0")
	out, err := c.StdoutPipe()
	Expect(err).NotTo(HaveOccurred())
	Expect(c.Start()).To(Succeed())
	defer c.Process.Kill()
	url, err := bufio.NewReader(out).ReadString('\n')
	Expect(err).NotTo(HaveOccurred())
	conn, _, err := reference.Dial(ctx, strings.TrimSpace(url), nil)
	Expect(err).NotTo(HaveOccurred())
	defer conn.CloseNow()
	Expect(conn.Write(ctx, reference.Text, []byte("Hello"))).To(Succeed())
	_, message, err := conn.Read(ctx)
	Expect(string(message), err).To(Equal("Hello"))
	Expect(c.Process.Signal(os.Interrupt)).To(Succeed())
	_, _, err = conn.Read(ctx)
	Expect(reference.CloseStatus(err)).To(Equal(reference.StatusGoingAway))
	Expect(c.Wait()).To(Succeed())
}
