# Without a count: one member, or nil.
> SADD one a
(integer) 1
> SADD three a b c
(integer) 3
> SRANDMEMBER one
"a"
> SRANDMEMBER three
~ "(a|b|c)"
> SRANDMEMBER missing
(nil)

# With a count: an array in both protocols. Positive: distinct members, all there are at most.
> SRANDMEMBER one 5
1) "a"
# unordered
> SRANDMEMBER three 3
1) "a"
2) "b"
3) "c"
# unordered
> SRANDMEMBER three 100
1) "a"
2) "b"
3) "c"
> SRANDMEMBER three 2
~ 1\) "(a|b|c)"
~ 2\) "(a|b|c)"
> SRANDMEMBER one 0
(empty array)
> SRANDMEMBER missing 3
(empty array)
> SRANDMEMBER missing -3
(empty array)

# Negative: exactly as many, repeated if need be.
> SRANDMEMBER one -3
1) "a"
2) "a"
3) "a"
> SCARD three
(integer) 3

> SRANDMEMBER one -9223372036854775808
(error) ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807
> SRANDMEMBER one 9223372036854775808
(error) ERR value is not an integer or out of range
> SRANDMEMBER one abc
(error) ERR value is not an integer or out of range
> SRANDMEMBER one 1 2
(error) ERR syntax error
> SRANDMEMBER
(error) ERR wrong number of arguments for 'srandmember' command
> HSET hash f v
(integer) 1
> SRANDMEMBER hash
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SRANDMEMBER hash 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
