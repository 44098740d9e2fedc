# HMSET answers OK, however many fields are new.
> HMSET h f1 v1 f2 v2
OK
> HMSET h f1 changed f3 v3
OK
> HMGET h f1 f2 f3
1) "changed"
2) "v2"
3) "v3"

> HMSET
(error) ERR wrong number of arguments for 'hmset' command
> HMSET h f
(error) ERR wrong number of arguments for 'hmset' command
> HMSET h f v g
(error) ERR wrong number of arguments for 'hmset' command
> SADD set x
(integer) 1
> HMSET set f v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
