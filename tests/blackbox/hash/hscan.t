# A small encoding comes whole, whatever COUNT says.
> HSET h f1 v1 f2 v2 g 3
(integer) 3
# unordered
> HSCAN h 0
1) "0"
2) 1) "f1"
   2) "v1"
   3) "f2"
   4) "v2"
   5) "g"
   6) "3"
# unordered
> HSCAN h 0 COUNT 1
1) "0"
2) 1) "f1"
   2) "v1"
   3) "f2"
   4) "v2"
   5) "g"
   6) "3"
# unordered
> HSCAN h 0 MATCH f*
1) "0"
2) 1) "f1"
   2) "v1"
   3) "f2"
   4) "v2"
> HSCAN h 0 MATCH g COUNT 100
1) "0"
2) 1) "g"
   2) "3"
> HSCAN h 0 MATCH absent
1) "0"
2) (empty array)
> hscan h 0 match g count 5
1) "0"
2) 1) "g"
   2) "3"
> HSCAN missing 0
1) "0"
2) (empty array)
> HSCAN missing 17
1) "0"
2) (empty array)

# A large one: every field is found, whatever its cursor on the way.
> HSET large {{f# v *600}}
(integer) 600
> HSCAN large 0 COUNT 100000 MATCH f600
1) "0"
2) 1) "f600"
   2) "v"
> HSCAN large 0 COUNT 1
~ 1\) "[1-9]\d*"
...

# The cursor is an unsigned 64-bit number, checked before the key.
> HSCAN h abc
(error) ERR invalid cursor
> HSCAN h 18446744073709551616
(error) ERR invalid cursor
> HSCAN missing abc
(error) ERR invalid cursor
> HSCAN h 18446744073709551615 MATCH absent
1) "0"
2) (empty array)

> HSCAN h 0 COUNT 0
(error) ERR syntax error
> HSCAN h 0 COUNT -1
(error) ERR syntax error
> HSCAN h 0 COUNT abc
(error) ERR value is not an integer or out of range
> HSCAN h 0 COUNT
(error) ERR syntax error
> HSCAN h 0 MATCH
(error) ERR syntax error
> HSCAN h 0 TYPE hash
(error) ERR syntax error
> HSCAN h 0 unknown
(error) ERR syntax error
> HSCAN h
(error) ERR wrong number of arguments for 'hscan' command
> HSCAN
(error) ERR wrong number of arguments for 'hscan' command
> SET string v
OK
> HSCAN string 0
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HSCAN set 0
(error) WRONGTYPE Operation against a key holding the wrong kind of value
