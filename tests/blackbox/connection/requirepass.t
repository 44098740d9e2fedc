# raw
# server --databases 16
# A password set at runtime holds for new connections; who is in stays in.
> CONFIG SET requirepass secret\r\n
+OK
> PING\r\n
+PONG
b> PING\r\n
-NOAUTH Authentication required.
b> AUTH secret\r\n
+OK
b> PING\r\n
+PONG
> AUTH wrong\r\n
-WRONGPASS invalid username-password pair or user is disabled.
> CONFIG GET requirepass\r\n
*2
$11
requirepass
$6
secret
> CONFIG SET requirepass ""\r\n
+OK
c> PING\r\n
+PONG
c> AUTH secret\r\n
-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?
