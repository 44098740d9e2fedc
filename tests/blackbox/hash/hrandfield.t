# Without a count: one field, or nil.
> HSET one f v
(integer) 1
> HRANDFIELD one
"f"
> HRANDFIELD missing
(nil)
> HSET three a 1 b 2 c 3
(integer) 3
> HRANDFIELD three
~ "(a|b|c)"

# A positive count gives distinct fields, never more than there are.
> HRANDFIELD one 5
1) "f"
# unordered
> HRANDFIELD three 3
1) "a"
2) "b"
3) "c"
# unordered
> HRANDFIELD three 10
1) "a"
2) "b"
3) "c"
> HRANDFIELD three 2
~ 1\) "(a|b|c)"
~ 2\) "(a|b|c)"
> HRANDFIELD one 0
(empty array)
> HRANDFIELD missing 5
(empty array)
> HRANDFIELD missing -5
(empty array)

# A negative count gives exactly as many, repeated if need be.
> HRANDFIELD one -3
1) "f"
2) "f"
3) "f"
> HRANDFIELD one -2 WITHVALUES
1) "f"
2) "v"
3) "f"
4) "v"
3>
1) 1) "f"
   2) "v"
2) 1) "f"
   2) "v"

# WITHVALUES: flat in RESP2, pairs in RESP3.
> HRANDFIELD one 1 WITHVALUES
1) "f"
2) "v"
3>
1) 1) "f"
   2) "v"
# unordered
> HRANDFIELD three 3 WITHVALUES
1) "a"
2) "1"
3) "b"
4) "2"
5) "c"
6) "3"
3>
1) 1) "a"
   2) "1"
2) 1) "b"
   2) "2"
3) 1) "c"
   2) "3"
> HRANDFIELD missing 3 WITHVALUES
(empty array)
> HRANDFIELD one 0 WITHVALUES
(empty array)

> HRANDFIELD one -9223372036854775808
(error) ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807
> HRANDFIELD one 9223372036854775808
(error) ERR value is not an integer or out of range
> HRANDFIELD one -9223372036854775807 WITHVALUES
(error) ERR value is out of range
> HRANDFIELD one 9223372036854775807 WITHVALUES
(error) ERR value is out of range
> HRANDFIELD one abc
(error) ERR value is not an integer or out of range
> HRANDFIELD one 1 VALUES
(error) ERR syntax error
> HRANDFIELD one 1 WITHVALUES x
(error) ERR syntax error
> HRANDFIELD
(error) ERR wrong number of arguments for 'hrandfield' command
> SADD set x
(integer) 1
> HRANDFIELD set
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HRANDFIELD set 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HRANDFIELD set 1 WITHVALUES
(error) WRONGTYPE Operation against a key holding the wrong kind of value
