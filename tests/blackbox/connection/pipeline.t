# raw
# Many commands in a packet: a reply each, in order.
> SET a 1\r\nINCR a\r\nNOSUCH\r\nGET a\r\nHSET a f v\r\nSADD s x\r\nSELECT 1\r\nGET a\r\nSELECT 0\r\nGET a\r\n
+OK
:2
-ERR unknown command 'NOSUCH', with args beginning with: 
$1
2
-WRONGTYPE Operation against a key holding the wrong kind of value
:1
+OK
$-1
+OK
$1
2
> {{INCR n\r\n*30}}GET n\r\n
:1
:2
:3
:4
:5
:6
:7
:8
:9
:10
:11
:12
:13
:14
:15
:16
:17
:18
:19
:20
:21
:22
:23
:24
:25
:26
:27
:28
:29
:30
$2
30
> {{INCR n\r\n*970}}GET n\r\n
...
$4
1000
> SET k v PX 1\r\nDEL k\r\nGET k\r\nSET k w\r\nRENAME k l\r\nGET k\r\nGET l\r\nFLUSHALL\r\nGET l\r\n
+OK
:1
$-1
+OK
+OK
$-1
$1
w
+OK
$-1
> SET k v\r\nSWAPDB 0 1\r\nGET k\r\nSELECT 1\r\nGET k\r\nHELLO 3\r\nGET missing\r\nHELLO 2\r\nGET missing\r\n
+OK
+OK
$-1
+OK
$1
v
%7
...
_
*14
...
$-1
> PING\r\n*1\r\n$4\r\nPING\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n
+PONG
+PONG
+PONG
$2
hi
