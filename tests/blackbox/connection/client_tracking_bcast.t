# server --enable-debug-command yes
# raw
> HELLO 3\r\n
...
> CLIENT TRACKING ON BCAST PREFIX a PREFIX ab\r\n
-ERR Prefix 'a' overlaps with another provided prefix 'ab'. Prefixes for a single client must not overlap.
> CLIENT TRACKING ON BCAST PREFIX a PREFIX b\r\n
+OK
> CLIENT TRACKING ON BCAST PREFIX ac\r\n
-ERR Prefix 'ac' overlaps with an existing prefix 'a'. Prefixes for a single client must not overlap.
> CLIENT TRACKING ON BCAST PREFIX c\r\n
+OK
> CLIENT TRACKING ON\r\n
-ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode.
> CLIENT TRACKINGINFO\r\n
%3
$5
flags
~2
$2
on
$5
bcast
$8
redirect
:0
$8
prefixes
*3
$1
a
$1
b
$1
c
b> MSET a1 x b7 2 a3 5 z 1\r\n
+OK
>
>2
$10
invalidate
*2
$2
a1
$2
a3
>2
$10
invalidate
*1
$2
b7
> SET a1 x\r\n
+OK
>2
$10
invalidate
*1
$2
a1
b> FLUSHDB\r\n
+OK
>
>2
$10
invalidate
_
> CLIENT TRACKING OFF\r\n
+OK
> CLIENT TRACKING ON BCAST NOLOOP\r\n
+OK
> SET mine 1\r\n
+OK
b> SET theirs 1\r\n
+OK
>
>2
$10
invalidate
*1
$6
theirs
> EVAL "return redis.call('SET', KEYS[1], 1)" 1 by_script\r\n
+OK
>2
$10
invalidate
*1
$9
by_script
b> DEBUG SET-ACTIVE-EXPIRE 0\r\n
+OK
> SET short 1 PX 15\r\n
+OK
b> DEBUG SLEEP 0.03\r\n
+OK
> GET short\r\n
_
>2
$10
invalidate
*1
$5
short
b> DEBUG SET-ACTIVE-EXPIRE 1\r\n
+OK
