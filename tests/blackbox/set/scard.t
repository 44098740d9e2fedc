> SADD s a b c
(integer) 3
> SCARD s
(integer) 3
> SREM s a
(integer) 1
> SCARD s
(integer) 2
> SCARD missing
(integer) 0
> SCARD
(error) ERR wrong number of arguments for 'scard' command
> SCARD s a
(error) ERR wrong number of arguments for 'scard' command
> HSET hash f v
(integer) 1
> SCARD hash
(error) WRONGTYPE Operation against a key holding the wrong kind of value
