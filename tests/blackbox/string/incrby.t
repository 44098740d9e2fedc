> INCRBY n 5
(integer) 5
> INCRBY n -7
(integer) -2
> GET n
"-2"
> INCRBY n 0
(integer) -2
> INCRBY n 9223372036854775807
(integer) 9223372036854775805
> INCRBY n -9223372036854775808
(integer) -3
> INCRBY n 9223372036854775808
(error) ERR value is not an integer or out of range
> INCRBY n abc
(error) ERR value is not an integer or out of range
> INCRBY n 1.5
(error) ERR value is not an integer or out of range
> INCRBY n ""
(error) ERR value is not an integer or out of range
> INCRBY n " 1"
(error) ERR value is not an integer or out of range
> INCRBY n 01
(error) ERR value is not an integer or out of range
> SET text abc
OK
> INCRBY text 1
(error) ERR value is not an integer or out of range
> SADD s x
(integer) 1
> INCRBY s 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> INCRBY n
(error) ERR wrong number of arguments for 'incrby' command
> INCRBY n 1 2
(error) ERR wrong number of arguments for 'incrby' command
