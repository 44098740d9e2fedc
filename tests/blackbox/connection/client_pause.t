# raw
# WRITE holds back what writes, ALL everything; UNPAUSE lets it run.
> CLIENT PAUSE 100000 WRITE\r\n
+OK
b> GET k\r\n
$-1
b> SET k v\r\n
> GET k\r\n
$-1
> CLIENT UNPAUSE\r\n
+OK
b>
+OK
> GET k\r\n
$1
v
> CLIENT PAUSE 60 ALL\r\n
+OK
b> PING\r\nINCR n\r\nGET n\r\n
+PONG
:1
$1
1
> CLIENT PAUSE 0\r\n
+OK
> CLIENT UNPAUSE\r\n
+OK
> CLIENT PAUSE abc\r\n
-ERR timeout is not an integer or out of range
> CLIENT PAUSE -1\r\n
-ERR timeout is negative
> CLIENT PAUSE 10 maybe\r\n
-ERR CLIENT PAUSE mode must be WRITE or ALL
> CLIENT PAUSE\r\n
-ERR wrong number of arguments for 'client|pause' command
> CLIENT UNPAUSE x\r\n
-ERR wrong number of arguments for 'client|unpause' command
