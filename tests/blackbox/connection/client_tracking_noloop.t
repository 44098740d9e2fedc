# raw
> HELLO 3\r\n
...
> CLIENT TRACKING ON NOLOOP\r\n
+OK
> GET z\r\nSET z 1\r\nGET z\r\n
_
+OK
$1
1
b> DEL z\r\n
:1
>
>2
$10
invalidate
*1
$1
z
> CLIENT TRACKINGINFO\r\n
%3
$5
flags
~2
$2
on
$6
noloop
$8
redirect
:0
$8
prefixes
*0
