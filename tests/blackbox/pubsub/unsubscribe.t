# raw
> UNSUBSCRIBE\r\n
*3
$11
unsubscribe
$-1
:0
> UNSUBSCRIBE a b\r\n
*3
$11
unsubscribe
$1
a
:0
*3
$11
unsubscribe
$1
b
:0
> SUBSCRIBE a\r\nUNSUBSCRIBE a a\r\n
*3
$9
subscribe
$1
a
:1
*3
$11
unsubscribe
$1
a
:0
*3
$11
unsubscribe
$1
a
:0
> SUBSCRIBE a\r\nPSUBSCRIBE p*\r\nUNSUBSCRIBE\r\nUNSUBSCRIBE\r\n
*3
$9
subscribe
$1
a
:1
*3
$10
psubscribe
$2
p*
:2
*3
$11
unsubscribe
$1
a
:1
*3
$11
unsubscribe
$-1
:1
> GET k\r\n
-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context
> PUNSUBSCRIBE\r\n
*3
$12
punsubscribe
$2
p*
:0
> GET k\r\n
$-1
b> HELLO 3\r\n
...
b> UNSUBSCRIBE\r\n
>3
$11
unsubscribe
_
:0
b> SUBSCRIBE a\r\nUNSUBSCRIBE\r\n
>3
$9
subscribe
$1
a
:1
>3
$11
unsubscribe
$1
a
:0
