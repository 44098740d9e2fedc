# raw
> CLIENT ID\r\n
~ :(?P<own>\d+)
b> CLIENT ID\r\n
~ :(?P<second>\d+)
> CLIENT KILL ID {{second}}\r\n
:1
b>
(closed)
> CLIENT KILL ID {{second}}\r\n
:0

# By address, in the old form and the new one.
c> CLIENT INFO\r\n
~ \$\d+
~ id=\d+ addr=(?P<third>\S+) .*
> CLIENT KILL {{third}}\r\n
+OK
c>
(closed)
> CLIENT KILL {{third}}\r\n
-ERR No such client
> CLIENT KILL ADDR {{third}}\r\n
:0
d> CLIENT INFO\r\n
~ \$\d+
~ id=\d+ addr=(?P<fourth>\S+) laddr=(?P<local>\S+) .*
> CLIENT KILL ADDR {{fourth}} LADDR 127.0.0.1:1\r\n
:0
> CLIENT KILL ADDR {{fourth}} USER default TYPE normal\r\n
:1
d>
(closed)

# All of a kind; oneself is spared unless SKIPME is no.
e> PING\r\n
+PONG
f> PING\r\n
+PONG
> CLIENT KILL LADDR {{local}}\r\n
:2
e>
(closed)
f>
(closed)
> CLIENT KILL TYPE pubsub\r\n
:0
> CLIENT KILL TYPE replica SKIPME no\r\n
:0
> CLIENT KILL ID {{own}}\r\n
:0
> PING\r\n
+PONG

> CLIENT KILL ID 0\r\n
-ERR client-id should be greater than 0
> CLIENT KILL ID abc\r\n
-ERR client-id should be greater than 0
> CLIENT KILL ID -1\r\n
-ERR client-id should be greater than 0
> CLIENT KILL TYPE unknown\r\n
-ERR Unknown client type 'unknown'
> CLIENT KILL USER nobody\r\n
-ERR No such user 'nobody'
> CLIENT KILL SKIPME maybe\r\n
-ERR syntax error
> CLIENT KILL ID\r\n
-ERR No such client
> CLIENT KILL unknown x\r\n
-ERR syntax error
> CLIENT KILL ID 999999 TYPE\r\n
-ERR syntax error
> CLIENT KILL 1.2.3.4:5\r\n
-ERR No such client
> CLIENT KILL\r\n
-ERR wrong number of arguments for 'client|kill' command
> CLIENT KILL ID {{own}} SKIPME no\r\n
:1
(closed)
