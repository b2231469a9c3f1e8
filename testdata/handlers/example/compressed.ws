title "sends every message back compressed, each in fragments of 100 octets"
open extensions "permessage-deflate"
loop
  < message
  > echo fragments=100 deflate
done
