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
> CLIENT REPLY OFF\r\nMULTI\r\nGET k\r\nEXEC\r\nMULTI\r\nNOSUCH\r\nEXEC\r\nEXEC\r\nCLIENT REPLY ON\r\n
+OK
> CLIENT REPLY OFF\r\nWATCH k\r\nINCR k\r\nMULTI\r\nGET k\r\nEXEC\r\nCLIENT REPLY ON\r\n
+OK
> CLIENT REPLY OFF\r\nMULTI\r\nGET k\r\nCLIENT REPLY ON\r\nGET k\r\nEXEC\r\n
+OK
$1
4
> CLIENT REPLY OFF\r\nMULTI\r\nSUBSCRIBE c\r\nGET k\r\nEXEC\r\nRESET\r\nPING x\r\n
*3
$9
subscribe
$1
c
:1
+RESET
$1
x
