# needs 8.8
# INCREX answers the new value and what was really added.
> INCREX n
1) (integer) 1
2) (integer) 1
> INCREX n BYINT 5
1) (integer) 6
2) (integer) 5
> INCREX n BYINT -2
1) (integer) 4
2) (integer) -2
> GET n
"4"

# Beyond a bound nothing happens, unless the value may stop there.
> INCREX n BYINT 10 UBOUND 10
1) (integer) 4
2) (integer) 0
> INCREX n BYINT 10 UBOUND 10 SATURATE
1) (integer) 10
2) (integer) 6
> INCREX n BYINT -20 LBOUND 0 SATURATE
1) (integer) 0
2) (integer) -10
> SET max 9223372036854775807
OK
> INCREX max
1) (integer) 9223372036854775807
2) (integer) 0

# With a time to live; ENX only if there is none.
> INCREX n EX 100
1) (integer) 1
2) (integer) 1
> TTL n
~ \(integer\) (99|100)
> INCREX n EX 1000 ENX
1) (integer) 2
2) (integer) 1
> TTL n
~ \(integer\) (99|100)
> INCREX n PERSIST
1) (integer) 3
2) (integer) 1
> TTL n
(integer) -1
> INCREX
(error) ERR wrong number of arguments for 'increx' command
> SADD s x
(integer) 1
> INCREX s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
