# raw
# config notify-keyspace-events Kh
b> PSUBSCRIBE __key*\r\n
*3
$10
psubscribe
$6
__key*
:1
> HSET h f 1\r\nSADD s 1\r\nDEL s\r\n
:1
:1
:1
b>
*4
$8
pmessage
$6
__key*
$16
__keyspace@0__:h
$4
hset
> CONFIG SET notify-keyspace-events Es\r\n
+OK
> HSET h f 1\r\nSADD s 1\r\n
:0
:1
b>
*4
$8
pmessage
$6
__key*
$19
__keyevent@0__:sadd
$1
s
> CONFIG SET notify-keyspace-events Ex\r\nSET v 1 PX 5\r\n
+OK
+OK
# sleep 0.3
> GET v\r\n
$-1
b>
*4
$8
pmessage
$6
__key*
$22
__keyevent@0__:expired
$1
v
> CONFIG SET notify-keyspace-events Emn\r\n
+OK
> SET n 1\r\nSET n 2\r\nGET nothing\r\nHGET nothing f\r\nEXISTS nothing\r\nTTL nothing\r\nTYPE nothing\r\nPERSIST nothing\r\nEXPIRE nothing 5\r\nRENAMENX n o\r\nSMOVE nothing t m\r\n
+OK
+OK
$-1
$-1
:0
:-2
+none
:0
:0
:1
:0
b>
*4
$8
pmessage
$6
__key*
$18
__keyevent@0__:new
$1
n
*4
$8
pmessage
$6
__key*
$22
__keyevent@0__:keymiss
$7
nothing
*4
$8
pmessage
$6
__key*
$22
__keyevent@0__:keymiss
$7
nothing
*4
$8
pmessage
$6
__key*
$22
__keyevent@0__:keymiss
$7
nothing
*4
$8
pmessage
$6
__key*
$22
__keyevent@0__:keymiss
$7
nothing
*4
$8
pmessage
$6
__key*
$22
__keyevent@0__:keymiss
$7
nothing
*4
$8
pmessage
$6
__key*
$18
__keyevent@0__:new
$1
o
> CONFIG SET notify-keyspace-events ""\r\n
+OK
> SET n 1\r\n
+OK
b>
> CONFIG SET notify-keyspace-events Kq\r\n
-ERR CONFIG SET failed (possibly related to argument 'notify-keyspace-events') - Invalid event class character. Use 'Ag$lshzxeKEtmdn'.
> CONFIG SET notify-keyspace-events nmKE$\r\nCONFIG GET notify-keyspace-events\r\n
+OK
*2
$22
notify-keyspace-events
$5
$nKEm
> CONFIG SET notify-keyspace-events AKEm\r\nCONFIG GET notify-keyspace-events\r\n
+OK
*2
$22
notify-keyspace-events
$4
AKEm
