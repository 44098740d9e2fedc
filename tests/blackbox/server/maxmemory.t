# Without eviction, what may grow is refused and everything else runs.
# config maxmemory 0
# config maxmemory-policy noeviction
> SET a 1
OK
> HSET h f 1 g 2
(integer) 2
> SADD s m n
(integer) 2
> CONFIG SET maxmemory 1
OK
> SET b 1
(error) OOM command not allowed when used memory > 'maxmemory'.
> INCR a
(error) OOM command not allowed when used memory > 'maxmemory'.
> SETEX b 100 1
(error) OOM command not allowed when used memory > 'maxmemory'.
> HSET h x 1
(error) OOM command not allowed when used memory > 'maxmemory'.
> HINCRBY h f 1
(error) OOM command not allowed when used memory > 'maxmemory'.
> SADD s x
(error) OOM command not allowed when used memory > 'maxmemory'.
> SUNIONSTORE d s
(error) OOM command not allowed when used memory > 'maxmemory'.
> COPY a b
(error) OOM command not allowed when used memory > 'maxmemory'.
> SET b
(error) ERR wrong number of arguments for 'set' command
> GET a
"1"
> HDEL h f
(integer) 1
> SREM s m
(integer) 1
> SMOVE s t n
(integer) 1
> EXPIRE a 100
(integer) 1
> RENAME a b
OK
> DEL b
(integer) 1
> DBSIZE
(integer) 2

# Only keys with a deadline may go; without any it is as above.
> CONFIG SET maxmemory-policy volatile-lru
OK
> SET b 1
(error) OOM command not allowed when used memory > 'maxmemory'.
> DBSIZE
(integer) 2
> EXPIRE h 100
(integer) 1
> GET a
(nil)
> EXISTS h t
(integer) 1
> SET b 1
(error) OOM command not allowed when used memory > 'maxmemory'.

# Every policy gives up what it may.
> CONFIG SET maxmemory 0
OK
> MSET k1 1 k2 2
OK
> SET v1 1 EX 100
OK
> CONFIG SET maxmemory 1 maxmemory-policy volatile-ttl
OK
> EXISTS k1 k2 v1
(integer) 2
> CONFIG SET maxmemory 0
OK
> SET v1 1 EX 100
OK
> CONFIG SET maxmemory 1 maxmemory-policy volatile-random
OK
> EXISTS k1 k2 v1
(integer) 2
> CONFIG SET maxmemory 0
OK
> SET v1 1 EX 100
OK
> CONFIG SET maxmemory 1 maxmemory-policy volatile-lfu
OK
> EXISTS k1 k2 v1
(integer) 2
> CONFIG SET maxmemory-policy allkeys-random
OK
> DBSIZE
(integer) 0
> SET b 1
(error) OOM command not allowed when used memory > 'maxmemory'.
> CONFIG SET maxmemory 0
OK
> MSET k1 1 k2 2
OK
> CONFIG SET maxmemory 1 maxmemory-policy allkeys-lru
OK
> EXISTS k1 k2
(integer) 0
> CONFIG SET maxmemory 0
OK
> MSET k1 1 k2 2
OK
> CONFIG SET maxmemory 1 maxmemory-policy allkeys-lfu
OK
> EXISTS k1 k2
(integer) 0

# Every database gives.
> CONFIG SET maxmemory 0
OK
> SELECT 9
OK
> SET elsewhere 1
OK
> SELECT 0
OK
> CONFIG SET maxmemory 1
OK
> SELECT 9
OK
> EXISTS elsewhere
(integer) 0
> CONFIG SET maxmemory 0
OK
> SET elsewhere 1
OK
> GET elsewhere
"1"
