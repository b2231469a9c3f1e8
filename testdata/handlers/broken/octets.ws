title "sends a frame with a reserved opcode, and expects the client to fail the connection"
> raw "\x83\x00"
< fail 1002
