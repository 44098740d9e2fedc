> MSET k1 1 k2 2
OK
> SADD s x
(integer) 1
> HSET h f v
(integer) 1
# unordered
> SCAN 0 COUNT 1000
1) "0"
2) 1) "s"
   2) "k1"
   3) "h"
   4) "k2"
> SCAN 0 MATCH k1 COUNT 1000
1) "0"
2) 1) "k1"
> SCAN 0 TYPE set COUNT 1000
1) "0"
2) 1) "s"
> SCAN 0 TYPE hash COUNT 1000
1) "0"
2) 1) "h"
# unordered
> SCAN 0 TYPE string COUNT 1000
1) "0"
2) 1) "k1"
   2) "k2"
> SCAN 0 TYPE HASH COUNT 1000
1) "0"
2) 1) "h"
> SCAN 0 TYPE unknown
1) "0"
2) (empty array)
> SCAN 0 TYPE list COUNT 1000
1) "0"
2) (empty array)
> SCAN 0 MATCH h* TYPE hash COUNT 1000
1) "0"
2) 1) "h"
> SCAN 0 MATCH absent COUNT 1000
1) "0"
2) (empty array)
> SELECT 1
OK
> SCAN 0
1) "0"
2) (empty array)
> MSET {{k# v *500}}
OK
> SCAN 0 COUNT 100000 MATCH k500
1) "0"
2) 1) "k500"
> SCAN 0 COUNT 1
~ 1\) "[1-9]\d*"
...

> SCAN abc
(error) ERR invalid cursor
> SCAN 18446744073709551616
(error) ERR invalid cursor
> SCAN +0 COUNT 1000
1) "0"
...
> SCAN "0\x00tail" COUNT 1000
1) "0"
...
> SCAN ++0
(error) ERR invalid cursor
> SCAN "0 "
(error) ERR invalid cursor
> SCAN 0 COUNT 0
(error) ERR syntax error
> SCAN 0 COUNT -1
(error) ERR syntax error
> SCAN 0 COUNT abc
(error) ERR value is not an integer or out of range
> SCAN 0 COUNT
(error) ERR syntax error
> SCAN 0 MATCH
(error) ERR syntax error
> SCAN 0 TYPE
(error) ERR syntax error
> SCAN 0 unknown
(error) ERR syntax error
> SCAN
(error) ERR wrong number of arguments for 'scan' command
