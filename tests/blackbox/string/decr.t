> DECR n
(integer) -1
> DECR n
(integer) -2
> SET min -9223372036854775807
OK
> DECR min
(integer) -9223372036854775808
> DECR min
(error) ERR increment or decrement would overflow
> SET text abc
OK
> DECR text
(error) ERR value is not an integer or out of range
> SADD s x
(integer) 1
> DECR s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> DECR
(error) ERR wrong number of arguments for 'decr' command
> DECR n 2
(error) ERR wrong number of arguments for 'decr' command
