# SREM counts what it removed; the key goes with its last member.
> SADD s a b c
(integer) 3
> SREM s a absent a
(integer) 1
> SCARD s
(integer) 2
> SREM s b c
(integer) 2
> EXISTS s
(integer) 0
> SREM missing a
(integer) 0
> SADD numbers 1 2 3
(integer) 3
> SREM numbers 01 2 x
(integer) 1
> SMEMBERS numbers
1) "1"
2) "3"
3>
1~ "1"
2~ "3"
> SREM
(error) ERR wrong number of arguments for 'srem' command
> SREM s
(error) ERR wrong number of arguments for 'srem' command
> HSET hash f v
(integer) 1
> SREM hash f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
