# Integers in order, all at once.
> SADD numbers 3 1 2
(integer) 3
# unordered
> SSCAN numbers 0
1) "0"
2) 1) "1"
   2) "2"
   3) "3"
# unordered
> SSCAN numbers 0 COUNT 1
1) "0"
2) 1) "1"
   2) "2"
   3) "3"
> SADD s a b c
(integer) 3
# unordered
> SSCAN s 0
1) "0"
2) 1) "a"
   2) "b"
   3) "c"
> SSCAN s 0 MATCH b
1) "0"
2) 1) "b"
> SSCAN s 0 MATCH absent
1) "0"
2) (empty array)
> SSCAN missing 0
1) "0"
2) (empty array)
> sscan s 0 match b count 100
1) "0"
2) 1) "b"

# A large one.
> SADD large {{m# *600}}
(integer) 600
> SSCAN large 0 COUNT 100000 MATCH m600
1) "0"
2) 1) "m600"
> SSCAN large 0 COUNT 1
~ 1\) "[1-9]\d*"
...

> SSCAN s abc
(error) ERR invalid cursor
> SSCAN s 18446744073709551616
(error) ERR invalid cursor
> SSCAN missing abc
(error) ERR invalid cursor
> SSCAN s 0 COUNT 0
(error) ERR syntax error
> SSCAN s 0 COUNT abc
(error) ERR value is not an integer or out of range
> SSCAN s 0 COUNT
(error) ERR syntax error
> SSCAN s 0 MATCH
(error) ERR syntax error
> SSCAN s 0 TYPE set
(error) ERR syntax error
> SSCAN s 0 unknown
(error) ERR syntax error
> SSCAN s
(error) ERR wrong number of arguments for 'sscan' command
> SSCAN
(error) ERR wrong number of arguments for 'sscan' command
> HSET hash f v
(integer) 1
> SSCAN hash 0
(error) WRONGTYPE Operation against a key holding the wrong kind of value
