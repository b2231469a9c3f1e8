title "ticks ten times a second, until the client has enough"
timeout 1m
loop
  > text "tick"
  pause 100ms
done
