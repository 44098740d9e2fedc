# DEL counts the keys it removed, of any type.
> SET a 1
OK
> SADD b x
(integer) 1
> HSET c f v
(integer) 1
> DEL a b absent a c
(integer) 3
> DBSIZE
(integer) 0
> DEL missing
(integer) 0
> DEL
(error) ERR wrong number of arguments for 'del' command
