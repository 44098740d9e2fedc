# raw
> HELLO 3\r\n
...
# Without a prefix it is every key, beside what was asked for before.
> CLIENT TRACKING ON BCAST PREFIX b PREFIX a\r\n
+OK
> CLIENT TRACKING ON BCAST\r\n
+OK
> CLIENT TRACKINGINFO\r\n
%3
$5
flags
~2
$2
on
$5
bcast
$8
redirect
:0
$8
prefixes
*3
$0
(empty)
$1
a
$1
b
b> SET zz 1\r\n
+OK
>
>2
$10
invalidate
*1
$2
zz
> CLIENT TRACKING OFF\r\n
+OK
# Scripts that only read are tracked by what they read.
> CLIENT TRACKING ON OPTIN\r\n
+OK
> CLIENT CACHING YES\r\n
+OK
> FOO\r\n
-ERR unknown command 'FOO', with args beginning with: 
> GET k\r\n
_
b> SET k 1\r\n
+OK
> PING\r\n
+PONG
> CLIENT CACHING YES\r\n
+OK
> CLIENT TRACKING ON OPTIN\r\n
+OK
> GET k\r\n
$1
1
b> SET k 2\r\n
+OK
>
>2
$10
invalidate
*1
$1
k
# A refused command of the same kind is about the client as well.
> CLIENT CACHING YES\r\n
+OK
> CLIENT PAUSE\r\n
-ERR wrong number of arguments for 'client|pause' command
> GET k\r\n
$1
2
b> SET k 3\r\n
+OK
>
>2
$10
invalidate
*1
$1
k
> CLIENT TRACKING OFF\r\n
+OK
> CLIENT TRACKING ON\r\n
+OK
> GET q1\r\n
_
> CLIENT TRACKING OFF\r\n
+OK
> FLUSHALL\r\n
+OK
> INFO stats\r\n
~ .*
...
tracking_total_keys:0
...
