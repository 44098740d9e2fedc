# needs 8.10
> SADD a 1 2 3 x y
(integer) 5
> SADD b 2 3 x z
(integer) 4
> SADD c 1
(integer) 1
> SDIFFCARD 2 a b
(integer) 2
> SDIFFCARD 3 a b c
(integer) 1
> SDIFFCARD 1 a
(integer) 5
> SDIFFCARD 2 a a
(integer) 0
> SDIFFCARD 2 a missing
(integer) 5
> SDIFFCARD 2 missing a
(integer) 0
> SDIFFCARD 2 a b LIMIT 1
(integer) 1
> SDIFFCARD 2 a b LIMIT 100
(integer) 2
> SDIFFCARD 2 a b LIMIT 0
(integer) 2
> SADD n1 1 2 3
(integer) 3
> SADD n2 3 4
(integer) 2
> SDIFFCARD 2 n1 n2
(integer) 2

> SDIFFCARD 0 a
(error) ERR numkeys should be greater than 0
> SDIFFCARD abc a
(error) ERR numkeys should be greater than 0
> SDIFFCARD 3 a b
(error) ERR Number of keys can't be greater than number of args
> SDIFFCARD 1 a b
(error) ERR syntax error
> SDIFFCARD 2 a b APPROX
(error) ERR syntax error
> SDIFFCARD 2 a b LIMIT
(error) ERR syntax error
> SDIFFCARD 2 a b LIMIT -1
(error) ERR LIMIT can't be negative
> SDIFFCARD 2 a b LIMIT abc
(error) ERR LIMIT can't be negative
> SDIFFCARD
(error) ERR wrong number of arguments for 'sdiffcard' command
> SDIFFCARD 1
(error) ERR wrong number of arguments for 'sdiffcard' command
> SET string v
OK
> SDIFFCARD 1 string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SDIFFCARD 2 missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
