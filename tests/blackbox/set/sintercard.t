> SADD a 1 2 3 x y
(integer) 5
> SADD b 2 3 x z
(integer) 4
> SINTERCARD 2 a b
(integer) 3
> SINTERCARD 1 a
(integer) 5
> SINTERCARD 2 a a
(integer) 5
> SINTERCARD 2 a missing
(integer) 0
> SINTERCARD 1 missing
(integer) 0

# LIMIT stops early; 0 is no limit, and the last of several wins.
> SINTERCARD 2 a b LIMIT 2
(integer) 2
> SINTERCARD 2 a b LIMIT 3
(integer) 3
> SINTERCARD 2 a b LIMIT 100
(integer) 3
> SINTERCARD 2 a b LIMIT 0
(integer) 3
> SINTERCARD 2 a b limit 1 LIMIT 2
(integer) 2
> SADD n1 1 2 3
(integer) 3
> SADD n2 1 2 3
(integer) 3
> SINTERCARD 2 n1 n2 LIMIT 2
(integer) 2

> SINTERCARD 0 a
(error) ERR numkeys should be greater than 0
> SINTERCARD -1 a
(error) ERR numkeys should be greater than 0
> SINTERCARD abc a
(error) ERR numkeys should be greater than 0
> SINTERCARD 3 a b
(error) ERR Number of keys can't be greater than number of args
> SINTERCARD 1 a b
(error) ERR syntax error
> SINTERCARD 2 a b LIMIT
(error) ERR syntax error
> SINTERCARD 2 a b LIMIT -1
(error) ERR LIMIT can't be negative
> SINTERCARD 2 a b LIMIT abc
(error) ERR LIMIT can't be negative
> SINTERCARD 2 a b LIMIT 1 x
(error) ERR syntax error
> SINTERCARD 2 a b APPROX
(error) ERR syntax error
> SINTERCARD
(error) ERR wrong number of arguments for 'sintercard' command
> SINTERCARD 1
(error) ERR wrong number of arguments for 'sintercard' command
> SET string v
OK
> SINTERCARD 1 string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTERCARD 2 missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTERCARD 2 a string LIMIT 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
