# raw
> MULTI\r\nSET k v\r\n
+OK
+QUEUED
b> CLIENT PAUSE 100000 WRITE\r\n
+OK
> EXEC\r\n
c> MULTI\r\nGET k\r\nEXEC\r\n
+OK
+QUEUED
*1
$-1
b> CLIENT UNPAUSE\r\n
+OK
>
*1
+OK
# A script that declares to write nothing need not wait.
b> CLIENT PAUSE 100000 WRITE\r\n
+OK
c> *3\r\n$4\r\nEVAL\r\n$30\r\n#!lua flags=no-writes\nreturn 1\r\n$1\r\n0\r\n
:1
b> CLIENT UNPAUSE\r\n
+OK
