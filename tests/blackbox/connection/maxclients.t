# raw
# server --maxclients 2
# sleep 0.1
> PING\r\n
+PONG
b> PING\r\n
+PONG
c>
-ERR max number of clients reached
(closed)
> PING\r\n
+PONG
b> QUIT\r\n
+OK
(closed)
d> PING\r\n
+PONG
