> MSET a 1 b 2
OK
> SELECT 1
OK
> SET c 3
OK
> FLUSHDB
OK
> DBSIZE
(integer) 0
> SELECT 0
OK
> DBSIZE
(integer) 2
> FLUSHDB ASYNC
OK
> DBSIZE
(integer) 0
> SET a 1
OK
> flushdb sync
OK
> DBSIZE
(integer) 0
> FLUSHDB unknown
(error) ERR syntax error
> FLUSHDB SYNC ASYNC
(error) ERR syntax error
