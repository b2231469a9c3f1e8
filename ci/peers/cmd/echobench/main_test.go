package main

import (
	"io"
	"strings"
	"testing"
)

func TestTableHasALineForEachCell(t *testing.T) {
	var out strings.Builder
	args := []string{"-rounds", "1", "-time", "1ms", "-only", "64B/1conn", "-ceiling"}
	if err := run(t.Context(), args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"64B, 1 connection, 1 in flight", "64B, 1 connection, 32 in flight", "| tcp |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestCellsThatAreNotThereAreAnError(t *testing.T) {
	if err := run(t.Context(), []string{"-only", "no such"}, io.Discard, io.Discard); err == nil {
		t.Error("nothing was measured, without a word")
	}
}
