title "drops TCP in the middle of a message"
< text any
> text "half a mess" length=1000
reset
