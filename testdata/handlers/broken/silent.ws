title "sends the first message back, and ends TCP without a Close frame"
< message
> echo
shut
