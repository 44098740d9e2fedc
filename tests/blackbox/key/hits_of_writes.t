# raw
# What looks before it writes is no hit and no miss, and tells of none.
> CONFIG SET notify-keyspace-events KEAm\r\n
+OK
b> PSUBSCRIBE __keyevent@0__:*\r\n
*3
$10
psubscribe
$16
__keyevent@0__:*
:1
> CONFIG RESETSTAT\r\n
+OK
> INCRBYFLOAT f 1\r\nINCRBYFLOAT f 1\r\nSET n 1 NX\r\nSET n 2 NX\r\nSETNX n 3\r\nMSETNX n 3 m 4\r\nSWAPDB 0 0\r\n
$1
1
$1
2
+OK
$-1
:0
:0
+OK
> OBJECT ENCODING missing\r\nOBJECT FREQ missing\r\n
$-1
$-1
> INFO stats\r\n
~ .*
...
keyspace_hits:0
...
b> PING\r\n
*4
$8
pmessage
$16
__keyevent@0__:*
$26
__keyevent@0__:incrbyfloat
$1
f
*4
$8
pmessage
$16
__keyevent@0__:*
$26
__keyevent@0__:incrbyfloat
$1
f
*4
$8
pmessage
$16
__keyevent@0__:*
$18
__keyevent@0__:set
$1
n
*2
$4
pong
$0
(empty)
> CONFIG SET notify-keyspace-events ""\r\n
+OK
