# raw
# Subscribers are a kind of client of their own.
b> SUBSCRIBE a\r\n
*3
$9
subscribe
$1
a
:1
> CLIENT LIST TYPE pubsub\r\n
~ \$\d+
~ id=.* flags=P .* sub=1 .*
> CLIENT KILL TYPE pubsub\r\n
:1
b>
(closed)
> CLIENT LIST TYPE pubsub\r\n
$0
(empty)
