# needs 8.10
> SADD a 1 2 3 x y
(integer) 5
> SADD b 2 3 x z
(integer) 4
> SUNIONCARD 2 a b
(integer) 6
> SUNIONCARD 1 a
(integer) 5
> SUNIONCARD 2 a a
(integer) 5
> SUNIONCARD 2 a missing
(integer) 5
> SUNIONCARD 1 missing
(integer) 0
> SUNIONCARD 2 a b LIMIT 2
(integer) 2
> SUNIONCARD 2 a b LIMIT 100
(integer) 6
> SUNIONCARD 2 a b LIMIT 0
(integer) 6
> SUNIONCARD 2 a b LIMIT 3 LIMIT 2
(integer) 2
> SADD n1 1 2 3
(integer) 3
> SADD n2 4 5 6
(integer) 3
> SUNIONCARD 2 n1 n2
(integer) 6

# APPROX allows an estimate; of so few members it is exact.
> SUNIONCARD 2 a b APPROX
(integer) 6
> SUNIONCARD 2 a b approx limit 2
(integer) 2

> SUNIONCARD 0 a
(error) ERR numkeys should be greater than 0
> SUNIONCARD -1 a
(error) ERR numkeys should be greater than 0
> SUNIONCARD abc a
(error) ERR numkeys should be greater than 0
> SUNIONCARD 3 a b
(error) ERR Number of keys can't be greater than number of args
> SUNIONCARD 1 a b
(error) ERR syntax error
> SUNIONCARD 2 a b LIMIT
(error) ERR syntax error
> SUNIONCARD 2 a b LIMIT -1
(error) ERR LIMIT can't be negative
> SUNIONCARD 2 a b LIMIT abc
(error) ERR LIMIT can't be negative
> SUNIONCARD
(error) ERR wrong number of arguments for 'sunioncard' command
> SUNIONCARD 1
(error) ERR wrong number of arguments for 'sunioncard' command
> SET string v
OK
> SUNIONCARD 1 string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SUNIONCARD 2 missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
