# raw
# server --requirepass secret
# Before the login: only AUTH, HELLO, QUIT and RESET. Unknown names and bad counts come first.
> PING\r\n
-NOAUTH Authentication required.
> GET k\r\n
-NOAUTH Authentication required.
> FOO bar\r\n
-ERR unknown command 'FOO', with args beginning with: 'bar' 
> GET\r\n
-ERR wrong number of arguments for 'get' command
> CLIENT SETNAME me\r\n
-NOAUTH Authentication required.
> CLIENT FOO\r\n
-ERR unknown subcommand 'FOO'. Try CLIENT HELP.
> COMMAND\r\n
-NOAUTH Authentication required.
> HELLO\r\n
~ -NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO .*
> HELLO 3\r\n
~ -NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO .*
> HELLO 4\r\n
-NOPROTO unsupported protocol version
> RESET\r\n
+RESET
> AUTH wrong\r\n
-WRONGPASS invalid username-password pair or user is disabled.
> AUTH default wrong\r\n
-WRONGPASS invalid username-password pair or user is disabled.
> AUTH nobody secret\r\n
-WRONGPASS invalid username-password pair or user is disabled.
> HELLO 3 AUTH default wrong\r\n
-WRONGPASS invalid username-password pair or user is disabled.

# A refused login among other commands: one reply each.
> PING\r\nAUTH bad\r\nPING\r\n
-NOAUTH Authentication required.
-WRONGPASS invalid username-password pair or user is disabled.
-NOAUTH Authentication required.
> AUTH secret\r\n
+OK
> PING\r\n
+PONG
> AUTH wrong\r\n
-WRONGPASS invalid username-password pair or user is disabled.
> PING\r\n
+PONG
> RESET\r\n
+RESET
> PING\r\n
-NOAUTH Authentication required.
> AUTH default secret\r\n
+OK
> PING\r\n
+PONG

# HELLO logs in, picks the protocol and names the connection.
b> HELLO 3 AUTH default secret SETNAME me\r\n
%7
...
b> GET missing\r\n
_
b> CLIENT GETNAME\r\n
$2
me
c> QUIT\r\n
+OK
(closed)
