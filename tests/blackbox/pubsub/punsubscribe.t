# raw
> PUNSUBSCRIBE\r\n
*3
$12
punsubscribe
$-1
:0
> PUNSUBSCRIBE a* b*\r\n
*3
$12
punsubscribe
$2
a*
:0
*3
$12
punsubscribe
$2
b*
:0
> PSUBSCRIBE a*\r\nPUNSUBSCRIBE\r\nPING\r\n
*3
$10
psubscribe
$2
a*
:1
*3
$12
punsubscribe
$2
a*
:0
+PONG
