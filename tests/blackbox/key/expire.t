> SET k v
OK
> EXPIRE k 100
(integer) 1
> TTL k
~ \(integer\) (99|100)
> EXPIRE missing 100
(integer) 0

# NX: only without a time to live; XX: only with one.
> EXPIRE k 200 NX
(integer) 0
> EXPIRE k 200 XX
(integer) 1
> TTL k
~ \(integer\) (199|200)
> PERSIST k
(integer) 1
> EXPIRE k 100 XX
(integer) 0
> EXPIRE k 100 NX
(integer) 1

# GT and LT compare; a key without a time to live lives for ever.
> EXPIRE k 50 GT
(integer) 0
> EXPIRE k 200 GT
(integer) 1
> EXPIRE k 300 LT
(integer) 0
> EXPIRE k 150 LT
(integer) 1
> TTL k
~ \(integer\) (149|150)
> EXPIRE k 120 xx GT
(integer) 0
> EXPIRE k 500 XX gt
(integer) 1
> PERSIST k
(integer) 1
> EXPIRE k 100 GT
(integer) 0
> EXPIRE k 100 LT
(integer) 1
> EXPIRE k 100 XX LT
(integer) 0

# A time that has passed deletes.
> EXPIRE k -1
(integer) 1
> EXISTS k
(integer) 0
> SET k v
OK
> EXPIRE k 0
(integer) 1
> EXISTS k
(integer) 0
> HSET h f v
(integer) 1
> EXPIRE h -100 GT
(integer) 0
> EXISTS h
(integer) 1

# A short one does so by itself, for every type.
> SET k v
OK
> SADD s x
(integer) 1
> HSET h f v
(integer) 0
> PEXPIRE k 30
(integer) 1
> PEXPIRE s 30
(integer) 1
> PEXPIRE h 30
(integer) 1
# sleep 0.1
> EXISTS k s h
(integer) 0
> GET k
(nil)
> SMEMBERS s
(empty array)
3>
(empty set)
> HGET h f
(nil)
> DBSIZE
(integer) 0

> SET k v
OK
> EXPIRE k abc
(error) ERR value is not an integer or out of range
> EXPIRE k 1.5
(error) ERR value is not an integer or out of range
> EXPIRE k ""
(error) ERR value is not an integer or out of range
> EXPIRE k 9223372036854775807
(error) ERR invalid expire time in 'expire' command
> EXPIRE k -9223372036854775808
(error) ERR invalid expire time in 'expire' command
> EXPIRE k 9223372036854775808
(error) ERR value is not an integer or out of range
> EXPIRE k 10 NX XX
(error) ERR NX and XX, GT or LT options at the same time are not compatible
> EXPIRE k 10 NX GT
(error) ERR NX and XX, GT or LT options at the same time are not compatible
> EXPIRE k 10 GT LT
(error) ERR GT and LT options at the same time are not compatible
> EXPIRE k 10 unknown
(error) ERR Unsupported option unknown
> EXPIRE k 10 NX unknown
(error) ERR Unsupported option unknown
> EXPIRE k
(error) ERR wrong number of arguments for 'expire' command
> EXPIRE
(error) ERR wrong number of arguments for 'expire' command
> TTL k
(integer) -1
