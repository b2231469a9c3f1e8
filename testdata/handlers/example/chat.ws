# ws://127.0.0.1:9001/example/chat, and /chat as well
title "greets, and sends every message back"
alias /chat
> text "hello"
loop
  < message
  > echo
done
