title "sets header fields, and chooses a subprotocol whatever is offered"
> answer set "Set-Cookie" "session=1; HttpOnly" set "Sec-WebSocket-Protocol" "superchat"
< message
> echo
close 1000
