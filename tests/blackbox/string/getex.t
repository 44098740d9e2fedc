> SET k v
OK
> GETEX k
"v"
> TTL k
(integer) -1
> GETEX k EX 100
"v"
> TTL k
~ \(integer\) (99|100)
> GETEX k
"v"
> TTL k
~ \(integer\) (99|100)
> GETEX k PERSIST
"v"
> TTL k
(integer) -1
> GETEX k PX 100000
"v"
> PTTL k
~ \(integer\) (100000|9[0-9]{4})
> GETEX k EXAT 4102444800
"v"
> PEXPIRETIME k
(integer) 4102444800000
> GETEX k PXAT 4102444800123
"v"
> PEXPIRETIME k
(integer) 4102444800123
> GETEX k EXAT 1
"v"
> EXISTS k
(integer) 0
> GETEX missing EX 100
(nil)
> SET k v
OK
> GETEX k EX 0
(error) ERR invalid expire time in 'getex' command
> GETEX k EX -1
(error) ERR invalid expire time in 'getex' command
> GETEX k EX abc
(error) ERR value is not an integer or out of range
> GETEX k EX
(error) ERR syntax error
> GETEX k EX 9223372036854775807
(error) ERR invalid expire time in 'getex' command
> GETEX k EX 10 PX 10
(error) ERR syntax error
> GETEX k EX 10 PERSIST
(error) ERR syntax error
> GETEX k KEEPTTL
(error) ERR syntax error
> GETEX k NX
(error) ERR syntax error
> GETEX k unknown
(error) ERR syntax error
> GETEX
(error) ERR wrong number of arguments for 'getex' command
> SADD s x
(integer) 1
> GETEX s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> GETEX s EX 10
(error) WRONGTYPE Operation against a key holding the wrong kind of value
