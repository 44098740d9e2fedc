# raw
# needs 7.2
# Older servers write the message into the middle of a reply.
> HELLO 3\r\n
...
> SUBSCRIBE a\r\n
>3
$9
subscribe
$1
a
:1
> PUBLISH a x\r\n
:1
>3
$7
message
$1
a
$1
x
> MULTI\r\nPUBLISH a y\r\nPING\r\nEXEC\r\n
+OK
+QUEUED
+QUEUED
*2
:1
+PONG
>3
$7
message
$1
a
$1
y
