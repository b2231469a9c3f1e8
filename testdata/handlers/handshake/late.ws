title "answers late, and in pieces"
pause 200ms
> answer chop=7
+ text "there you are"
close 1000
