> SET a 1
OK
> SADD b {{m# *200}}
(integer) 200
> HSET c f v
(integer) 1
> UNLINK a b absent a c
(integer) 3
> DBSIZE
(integer) 0
> UNLINK missing
(integer) 0
> UNLINK
(error) ERR wrong number of arguments for 'unlink' command
