# raw
> CLIENT REPLY ON\r\n
+OK
> CLIENT REPLY OFF\r\nSET k 1\r\nGET k\r\nNOSUCH\r\n
> CLIENT REPLY ON\r\nGET k\r\n
+OK
$1
1
> CLIENT REPLY SKIP\r\nINCR k\r\nGET k\r\n
$1
2
> CLIENT REPLY SKIP\r\n
> INCR k\r\n
> GET k\r\n
$1
3
> CLIENT REPLY maybe\r\n
-ERR syntax error
> CLIENT REPLY\r\n
-ERR wrong number of arguments for 'client|reply' command
