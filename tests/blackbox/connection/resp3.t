# raw
# The types that RESP3 adds, and the ones that stay.
> HELLO 3\r\n
%7
...
> HSET h f v\r\n
:1
> SADD s m\r\n
:1
> GET missing\r\n
_
> HGET h absent\r\n
_
> SPOP missing\r\n
_
> HGETALL h\r\n
%1
$1
f
$1
v
> HGETALL missing\r\n
%0
> SMEMBERS s\r\n
~1
$1
m
> SMEMBERS missing\r\n
~0
> SINTER s s\r\n
~1
$1
m
> SUNION s missing\r\n
~1
$1
m
> SDIFF s missing\r\n
~1
$1
m
> SPOP s 0\r\n
~0
> HKEYS h\r\n
*1
$1
f
> HVALS h\r\n
*1
$1
v
> HMGET h f absent\r\n
*2
$1
v
_
> SMISMEMBER s m absent\r\n
*2
:1
:0
> SRANDMEMBER s 1\r\n
*1
$1
m
> HRANDFIELD h 1\r\n
*1
$1
f
> HRANDFIELD h 1 WITHVALUES\r\n
*1
*2
$1
f
$1
v
> HSCAN h 0\r\n
*2
$1
0
*2
$1
f
$1
v
> SSCAN s 0\r\n
*2
$1
0
*1
$1
m
> HINCRBYFLOAT h n 1.5\r\n
$3
1.5
> INCRBYFLOAT x 1.5\r\n
$3
1.5
> CONFIG GET maxmemory\r\n
%1
$9
maxmemory
$1
0
> SETNX s x\r\n
:0
> KEYS absent\r\n
*0
> OBJECT ENCODING missing\r\n
_
> HGET s f\r\n
-WRONGTYPE Operation against a key holding the wrong kind of value
> RANDOMKEY\r\n
~ \$\d+
~ [hsx]
