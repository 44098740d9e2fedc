# raw
> SUNSUBSCRIBE\r\n
*3
$12
sunsubscribe
$-1
:0
> SUNSUBSCRIBE a\r\n
*3
$12
sunsubscribe
$1
a
:0
> SSUBSCRIBE a\r\nSUNSUBSCRIBE\r\nPING\r\n
*3
$10
ssubscribe
$1
a
:1
*3
$12
sunsubscribe
$1
a
:0
+PONG
