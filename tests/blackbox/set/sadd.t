# SADD counts the new members.
> SADD s a b c
(integer) 3
> SADD s b c d d
(integer) 1
> SADD s "" "\x00\xff"
(integer) 2
> SCARD s
(integer) 6
> SADD numbers 1 2 3
(integer) 3
> SADD numbers 3 02
(integer) 1
> SCARD numbers
(integer) 4
> SADD
(error) ERR wrong number of arguments for 'sadd' command
> SADD s
(error) ERR wrong number of arguments for 'sadd' command
> SET string v
OK
> SADD string a
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HSET hash f v
(integer) 1
> SADD hash a
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> TYPE hash
hash
