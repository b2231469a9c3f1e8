// Package spec holds the specs: every case of the catalogue played against the
// reference server and client, or against the server that WSSPEC_TARGET names,
// one spec each, by section of the RFCs.
//
//	go test ./spec/...
//	WSSPEC_TARGET=ws://127.0.0.1:9001/ go test ./spec/...
//	go test ./spec/... -ginkgo.label-filter='6455-5.4 && MUST'
package spec
