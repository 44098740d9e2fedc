> INCR n
(integer) 1
> INCR n
(integer) 2
> SET max 9223372036854775806
OK
> INCR max
(integer) 9223372036854775807
> INCR max
(error) ERR increment or decrement would overflow
> GET max
"9223372036854775807"
> MSET text abc spaced " 1" float 1.5 empty "" zeros 01 big 9223372036854775808
OK
> INCR text
(error) ERR value is not an integer or out of range
> INCR spaced
(error) ERR value is not an integer or out of range
> INCR float
(error) ERR value is not an integer or out of range
> INCR empty
(error) ERR value is not an integer or out of range
> INCR zeros
(error) ERR value is not an integer or out of range
> INCR big
(error) ERR value is not an integer or out of range
> SET t 1 EX 100
OK
> INCR t
(integer) 2
> TTL t
~ \(integer\) (99|100)
> SADD s x
(integer) 1
> INCR s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> INCR
(error) ERR wrong number of arguments for 'incr' command
> INCR n 2
(error) ERR wrong number of arguments for 'incr' command
