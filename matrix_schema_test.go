package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v4"

	"github.com/wsspec/wsspec/reports"
)

var update = flag.Bool("update", false, "write wsspec.schema.json")

type object = map[string]any

// matrixSchema describes the file of --config: its options are the flags.
func matrixSchema() object {
	text, list := object{"type": "string", "minLength": 1}, object{"type": "array", "items": object{"type": "string"}}
	return object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "wsspec test --config", "type": "object", "additionalProperties": false, "required": []string{"agents"},
		"properties": object{
			"report":  object{"type": "string", "default": "wsspec-report", "description": "folder for the reports, with one below it for each agent"},
			"cases":   object{"type": "array", "items": object{"type": "string"}, "description": "patterns of cases; all without it"},
			"options": object{"$ref": "#/$defs/options", "description": "flags for all agents"},
			"agents":  object{"type": "array", "minItems": 1, "items": object{"$ref": "#/$defs/agent"}},
		},
		"$defs": object{
			"list": object{"anyOf": []any{text, list}},
			"agent": object{
				"type": "object", "additionalProperties": false, "required": []string{"name"},
				"oneOf": []any{object{"required": []string{"url"}}, object{"required": []string{"client"}, "not": object{"required": []string{"start"}}}},
				"properties": object{
					"name":     object{"type": "string", "minLength": 1, "description": "what it is called in the reports"},
					"url":      object{"type": "string", "pattern": "^wss?://", "description": "of a server"},
					"start":    object{"type": "string", "minLength": 1, "description": "command that starts the server; no shell sees it"},
					"client":   object{"type": "string", "pattern": `\{url\}`, "description": "command that is a client, with {url} for the address to connect to"},
					"features": object{"$ref": "#/$defs/features"},
					"options":  object{"$ref": "#/$defs/options"},
				},
			},
			"features": object{"type": "object", "additionalProperties": false, "description": "what is declared of it: it is a failure if the run finds another", "properties": matrixFeatures()},
			"options":  object{"type": "object", "additionalProperties": false, "description": "flags of wsspec test, or of wsspec client for a client", "properties": matrixOptions()},
		},
	}
}

// matrixFeatures are those that can be declared: yes and no may be booleans.
func matrixFeatures() object {
	features := object{}
	for _, d := range reports.DeclarableFeatures() {
		value := object{"enum": []any{true, false, "yes", "no"}}
		switch {
		case d.Name == "subprotocols":
			value = object{"anyOf": []any{object{"enum": []any{"none", "chat", "superchat"}}, object{"type": "array", "items": object{"enum": []any{"chat", "superchat"}}}}}
		case strings.HasSuffix(d.Name, "_bits"):
			value = object{"enum": []any{false, "no", 8, 9, 10, 11, 12, 13, 14, 15}}
		}
		value["description"] = d.Value
		features[d.Name] = value
	}
	return features
}

func matrixOptions() object {
	options := object{}
	for _, c := range []*pflag.FlagSet{testCommand().Flags(), clientCommand().Flags()} {
		c.VisitAll(func(f *pflag.Flag) {
			if !slices.Contains(matrixOwn, f.Name) {
				o := object{"description": f.Usage}
				switch _, repeatable := f.Value.(pflag.SliceValue); {
				case repeatable:
					o["$ref"] = "#/$defs/list"
				case f.Value.Type() == "bool":
					o["type"] = "boolean"
				case f.Value.Type() == "int", f.Value.Type() == "uint64":
					o["type"] = "integer"
				default:
					o["type"] = "string"
				}
				options[f.Name] = o
			}
		})
	}
	return options
}

// The schema in the repository is for editors; it follows the flags.
func TestTheSchemaOfTheConfigFollowsTheFlags(t *testing.T) {
	const file = "wsspec.schema.json"
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(matrixSchema()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("-update writes it (-file +flags):\n%s", d)
	}
}

// What the schema takes and what the program takes is the same.
func TestTheSchemaOfTheConfigAgreesWithTheProgram(t *testing.T) {
	text, err := os.ReadFile("wsspec.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("config.json", doc); err != nil {
		t.Fatal(err)
	}
	schema := c.MustCompile("config.json")
	for config, right := range map[string]bool{
		"agents: [{name: a, url: 'ws://h/'}]": true,
		"report: out\ncases: [a]\noptions: {full: true, seed: 3, timeout: 5s, skip: x}\nagents: [{name: a, client: 'c {url}', options: {skip: [a, b]}}]": true,
		"agents: [{name: a, url: 'ws://h/', start: './s', options: {known-failing: '@f', header: ['A: b']}}]":                                            true,
		"agents: [{name: a, url: 'ws://h/', features: {compression: yes, echo: true, subprotocols: [superchat, chat], server_max_window_bits: 9}}]":      true,
		"agents: [{name: a, url: 'ws://h/', features: {subprotocols: [], client_max_window_bits: no}}]":                                                  true,
		"agents: [{name: a, url: 'ws://h/', features: {compression: maybe}}]":                                                                            false,
		"agents: [{name: a, url: 'ws://h/', features: {subprotocols: [mqtt]}}]":                                                                          false,
		"agents: [{name: a, url: 'ws://h/', features: {server_max_window_bits: 7}}]":                                                                     false,
		"agents: [{name: a, url: 'ws://h/', features: {compresion: yes}}]":                                                                               false,
		"agents: []":                 false,
		"agents: [{url: 'ws://h/'}]": false,
		"agents: [{name: a}]":        false,
		"agents: [{name: a, client: 'c {url}', url: 'ws://h/'}]":          false,
		"agents: [{name: a, client: 'c {url}', start: s}]":                false,
		"agents: [{name: a, url: 'ws://h/', options: {ful: true}}]":       false,
		"agents: [{name: a, url: 'ws://h/', options: {full: perhaps}}]":   false,
		"agents: [{name: a, url: 'ws://h/', options: {report: x}}]":       false,
		"agents: [{name: a, url: 'ws://h/', more: x}]":                    false,
		"agent: [{name: a, url: 'ws://h/'}]":                              false,
		"agents: [{name: a, url: 'ws://h/', options: {seed: [1, 2, x]}}]": false,
	} {
		var value any
		if err := yaml.Load([]byte(config), &value); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != right {
			t.Errorf("%s: the schema says %v", config, err)
		}
		file := t.TempDir() + "/wsspec.yaml"
		if err := os.WriteFile(file, []byte(config), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readMatrix(file); (err == nil) != right {
			t.Errorf("%s: the program says %v", config, err)
		}
	}
}
