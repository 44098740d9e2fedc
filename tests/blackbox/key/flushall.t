> MSET a 1 b 2
OK
> SELECT 1
OK
> SET c 3
OK
> FLUSHALL
OK
> DBSIZE
(integer) 0
> SELECT 0
OK
> DBSIZE
(integer) 0
> SET a 1
OK
> FLUSHALL ASYNC
OK
> SET a 1
OK
> FLUSHALL SYNC
OK
> DBSIZE
(integer) 0
> FLUSHALL unknown
(error) ERR syntax error
> FLUSHALL SYNC ASYNC
(error) ERR syntax error
