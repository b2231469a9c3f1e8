title "wants a password first, then answers three questions and closes"
open subprotocols "chat"
> text "password?"
< text "secret"
repeat 3
  > text "ask"
  < text any
  > text "42"
done
close 1000
