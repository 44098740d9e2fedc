> SADD s a b 1
(integer) 3
> SISMEMBER s a
(integer) 1
> SISMEMBER s 1
(integer) 1
> SISMEMBER s 01
(integer) 0
> SISMEMBER s absent
(integer) 0
> SISMEMBER missing a
(integer) 0
> SADD numbers 1 2 3
(integer) 3
> SISMEMBER numbers 2
(integer) 1
> SISMEMBER numbers 4
(integer) 0
> SISMEMBER numbers x
(integer) 0
> SISMEMBER s
(error) ERR wrong number of arguments for 'sismember' command
> SISMEMBER s a b
(error) ERR wrong number of arguments for 'sismember' command
> HSET hash f v
(integer) 1
> SISMEMBER hash f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
