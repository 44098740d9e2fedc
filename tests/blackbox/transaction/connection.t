# raw
# What ends a transaction, and what runs at once inside one.
> MULTI\r\nSET k v\r\nRESET\r\nEXEC\r\nGET k\r\n
+OK
+QUEUED
+RESET
-ERR EXEC without MULTI
$-1
> MULTI\r\nPING\r\nHELLO 3\r\nHGETALL none\r\nEXEC\r\n
...
> HELLO 2\r\n
...
> WATCH k\r\nRESET\r\n
+OK
+RESET
b> SET k w\r\n
+OK
> MULTI\r\nPING\r\nEXEC\r\n
+OK
+QUEUED
*1
+PONG
> MULTI\r\nQUIT\r\n
+OK
+OK
(closed)
