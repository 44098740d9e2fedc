# raw
> SUBSCRIBE\r\n
-ERR wrong number of arguments for 'subscribe' command
> SUBSCRIBE a b a\r\n
*3
$9
subscribe
$1
a
:1
*3
$9
subscribe
$1
b
:2
*3
$9
subscribe
$1
a
:2
b> PUBLISH a hello\r\nPUBLISH b ""\r\nPUBLISH c x\r\n
:1
:1
:0
>
*3
$7
message
$1
a
$5
hello
*3
$7
message
$1
b
$0
(empty)
# In RESP2 hardly anything else is allowed.
> GET k\r\n
-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context
> MULTI\r\n
-ERR Can't execute 'multi': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context
> CLIENT ID\r\n
-ERR Can't execute 'client|id': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context
> PING\r\nPING hi\r\n
*2
$4
pong
$0
(empty)
*2
$4
pong
$2
hi
> SUBSCRIBE c\r\n
*3
$9
subscribe
$1
c
:3
> UNSUBSCRIBE a b c\r\nPING\r\n
*3
$11
unsubscribe
$1
a
:2
*3
$11
unsubscribe
$1
b
:1
*3
$11
unsubscribe
$1
c
:0
+PONG
c> HELLO 3\r\n
...
c> SUBSCRIBE a\r\n
>3
$9
subscribe
$1
a
:1
c> SET k v\r\nPING\r\n
+OK
+PONG
b> PUBLISH a 1\r\n
:1
c>
>3
$7
message
$1
a
$1
1
> MULTI\r\nSUBSCRIBE q\r\nPING\r\nEXEC\r\n
+OK
+QUEUED
+QUEUED
*2
*3
$9
subscribe
$1
q
:1
*2
$4
pong
$0
(empty)
> QUIT\r\n
+OK
(closed)
