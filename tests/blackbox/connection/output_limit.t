# raw
# server --client-output-buffer-limit "normal 200kb 0 0"
# A client whose unread replies pass the limit is closed.
> SETRANGE k 12000000 x\r\n
:12000001
> GET k\r\n
...
(closed)
b> PING\r\n
+PONG
b> CONFIG GET client-output-buffer-limit\r\n
*2
$26
client-output-buffer-limit
$72
normal 204800 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60
