# raw
> SSUBSCRIBE\r\n
-ERR wrong number of arguments for 'ssubscribe' command
> SSUBSCRIBE a b\r\n
*3
$10
ssubscribe
$1
a
:1
*3
$10
ssubscribe
$1
b
:2
> SUBSCRIBE a\r\n
*3
$9
subscribe
$1
a
:1
b> SPUBLISH a one\r\nPUBLISH a two\r\n
:1
:1
>
*3
$8
smessage
$1
a
$3
one
*3
$7
message
$1
a
$3
two
> SPUBLISH a x\r\n
-ERR Can't execute 'spublish': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context
> UNSUBSCRIBE\r\n
*3
$11
unsubscribe
$1
a
:0
> SUNSUBSCRIBE a b\r\n
*3
$12
sunsubscribe
$1
a
:1
*3
$12
sunsubscribe
$1
b
:0
> GET k\r\n
$-1
> MULTI\r\nSSUBSCRIBE c\r\nEXEC\r\n
+OK
+QUEUED
*1
-ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client
# What confirms a subscription is no reply.
b> CLIENT REPLY OFF\r\nPING\r\nSUBSCRIBE news\r\n
*3
$9
subscribe
$4
news
:1
