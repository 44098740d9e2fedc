# raw
# An empty word begins where no other does, also behind other requests.
> PING\r\nHSET "" f v\r\nHGETALL ""\r\n
+PONG
:1
*2
$1
f
$1
v
> PING\r\nSADD "" a b\r\n
+PONG
-WRONGTYPE Operation against a key holding the wrong kind of value
> PING\r\nDEL ""\r\nSADD "" a b\r\nSMISMEMBER "" a b ""\r\n
+PONG
:1
:2
*3
:1
:1
:0
> PING\r\nSET "" e\r\nSET k kk\r\nMGET "" k\r\nMGET "" "" k\r\n
+PONG
+OK
+OK
*2
$1
e
$2
kk
*3
$1
e
$1
e
$2
kk
> PING\r\nDEL "" k\r\n
+PONG
:2
> PING\r\nSADD s "" x\r\nSMISMEMBER s "" x\r\n
+PONG
:2
*2
:1
:1
> MULTI\r\nSADD t "" x y\r\nSMISMEMBER t x ""\r\nHSET "" "" "" f v\r\nHGETALL ""\r\nEXEC\r\n
+OK
+QUEUED
+QUEUED
+QUEUED
+QUEUED
*4
:3
*2
:1
:1
:2
*4
$0
(empty)
$0
(empty)
$1
f
$1
v
> PING\r\nSMOVE t d ""\r\nSMISMEMBER d "" x\r\n
+PONG
:1
*2
:1
:0
