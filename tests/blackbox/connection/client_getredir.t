# raw
> CLIENT GETREDIR\r\n
:-1
> CLIENT GETREDIR x\r\n
-ERR wrong number of arguments for 'client|getredir' command
> CLIENT TRACKINGINFO\r\n
*6
$5
flags
*1
$3
off
$8
redirect
:-1
$8
prefixes
*0
> CLIENT TRACKINGINFO x\r\n
-ERR wrong number of arguments for 'client|trackinginfo' command
> CLIENT TRACKING ON\r\n
+OK
> CLIENT GETREDIR\r\n
:0
b> CLIENT ID\r\n
~ :(?P<id>\d+)
b> SUBSCRIBE __redis__:invalidate\r\n
*3
$9
subscribe
$20
__redis__:invalidate
:1
> CLIENT TRACKING ON REDIRECT {{id}}\r\n
+OK
> CLIENT GETREDIR\r\n
~ :\d+
> GET k\r\n
$-1
c> SET k v\r\n
+OK
b>
*3
$7
message
$20
__redis__:invalidate
*1
$1
k
> GET k\r\n
$1
v
c> FLUSHALL\r\n
+OK
b>
*3
$7
message
$20
__redis__:invalidate
$-1
b> QUIT\r\n
+OK
(closed)
> GET k\r\n
$-1
c> SET k v\r\n
+OK
> CLIENT TRACKINGINFO\r\n
*6
$5
flags
*2
$2
on
$15
broken_redirect
$8
redirect
~ :\d+
$8
prefixes
*0
