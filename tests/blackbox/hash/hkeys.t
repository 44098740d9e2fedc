# HKEYS is an array in both protocols.
> HSET h f1 v1 f2 v2
(integer) 2
> HKEYS h
1) "f1"
2) "f2"
> HKEYS missing
(empty array)
> HKEYS
(error) ERR wrong number of arguments for 'hkeys' command
> HKEYS h f1
(error) ERR wrong number of arguments for 'hkeys' command
> SADD set x
(integer) 1
> HKEYS set
(error) WRONGTYPE Operation against a key holding the wrong kind of value
