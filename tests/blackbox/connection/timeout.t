# raw
# server --timeout 1
# An idle client is closed after the timeout.
> PING\r\n
+PONG
# sleep 2.5
>
(closed)
