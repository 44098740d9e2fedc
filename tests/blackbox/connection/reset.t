# raw
# RESET takes a connection back to database 0, RESP2, no name and normal replies.
> HELLO 3 SETNAME me\r\n
%7
...
> SELECT 5\r\n
+OK
> HGETALL missing\r\n
%0
> RESET\r\n
+RESET
> CLIENT GETNAME\r\n
$-1
> HGETALL missing\r\n
*0
> CLIENT INFO\r\n
~ \$\d+
~ id=\d+ .* name= .* flags=N db=0 .* resp=2.*
> RESET now\r\n
-ERR wrong number of arguments for 'reset' command

# It ends MONITOR too.
> MONITOR\r\n
+OK
> RESET\r\n
+RESET
> PING\r\n
+PONG
