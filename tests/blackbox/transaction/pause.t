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
