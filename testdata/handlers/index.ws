title "plays at the root"
> text "this is the root"
close 1000
