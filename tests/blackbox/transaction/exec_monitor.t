# raw
# MONITOR has no place in a transaction.
> MULTI\r\nMONITOR\r\nPING\r\nEXEC\r\n
+OK
+QUEUED
+QUEUED
*2
-ERR MONITOR isn't allowed for DENY BLOCKING client
+PONG
