# Without a count: one member, or nil.
> SADD s a
(integer) 1
> SPOP s
"a"
> EXISTS s
(integer) 0
> SPOP s
(nil)
> SADD s a b c
(integer) 3
> SPOP s
~ "(a|b|c)"
> SCARD s
(integer) 2

# With a count: that many, as a set in RESP3; all of them takes the key away.
> DEL s
(integer) 1
> SADD s a b c
(integer) 3
> SPOP s 0
(empty array)
3>
(empty set)
> SPOP s 2
~ 1\) "(a|b|c)"
~ 2\) "(a|b|c)"
3>
~ 1~ "(a|b|c)"
~ 2~ "(a|b|c)"
> SCARD s
(integer) 1
> SADD s a b c
(integer) 2
# unordered
> SPOP s 3
1) "a"
2) "b"
3) "c"
3>
1~ "a"
2~ "b"
3~ "c"
> EXISTS s
(integer) 0
> SADD s a b c
(integer) 3
# unordered
> SPOP s 100
1) "a"
2) "b"
3) "c"
3>
1~ "a"
2~ "b"
3~ "c"
> EXISTS s
(integer) 0
> SPOP missing 5
(empty array)
3>
(empty set)
> SPOP missing 0
(empty array)
3>
(empty set)
> SADD numbers {{# *1000}}
(integer) 1000
> SPOP numbers 999
...
> SCARD numbers
(integer) 1

> SADD s a b c
(integer) 3
> SPOP s -1
(error) ERR value is out of range, must be positive
> SPOP s abc
(error) ERR value is out of range, must be positive
> SPOP s 9223372036854775808
(error) ERR value is out of range, must be positive
> SPOP s 1.5
(error) ERR value is out of range, must be positive
> SPOP missing -1
(error) ERR value is out of range, must be positive
> SPOP s 1 2
(error) ERR syntax error
> SPOP
(error) ERR wrong number of arguments for 'spop' command
> HSET hash f v
(integer) 1
> SPOP hash
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SPOP hash 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SPOP hash 0
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SCARD s
(integer) 3
