> DBSIZE
(integer) 0
> MSET a 1 b 2
OK
> SADD s x
(integer) 1
> DBSIZE
(integer) 3
> SELECT 3
OK
> DBSIZE
(integer) 0
> DBSIZE x
(error) ERR wrong number of arguments for 'dbsize' command
