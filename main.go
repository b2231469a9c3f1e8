// Command wsspec tells whether a WebSocket implementation does what the standards say.
package main

func main() {}
