> DECRBY n 5
(integer) -5
> DECRBY n -7
(integer) 2
> GET n
"2"
> DECRBY n -9223372036854775808
(error) ERR decrement would overflow
> DECRBY n 9223372036854775807
(integer) -9223372036854775805
> DECRBY n 9223372036854775807
(error) ERR increment or decrement would overflow
> DECRBY n abc
(error) ERR value is not an integer or out of range
> SET text abc
OK
> DECRBY text 1
(error) ERR value is not an integer or out of range
> SADD s x
(integer) 1
> DECRBY s 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> DECRBY n
(error) ERR wrong number of arguments for 'decrby' command
> DECRBY n 1 2
(error) ERR wrong number of arguments for 'decrby' command
