> SET k v
OK
> SET k other
OK
> GET k
"other"

# A value of any type is replaced, its time to live included.
> SADD s x
(integer) 1
> EXPIRE s 100
(integer) 1
> SET s v
OK
> TYPE s
string
> TTL s
(integer) -1

# NX: only if absent; XX: only if present.
> SET k v NX
(nil)
> SET new v NX
OK
> SET absent v XX
(nil)
> SET k v2 xx
OK
> GET k
"v2"
> EXISTS absent
(integer) 0

# Times to live.
> SET k v EX 100
OK
> TTL k
~ \(integer\) (99|100)
> SET k v PX 100000
OK
> PTTL k
~ \(integer\) (100000|9[0-9]{4})
> SET k v EXAT 4102444800
OK
> PEXPIRETIME k
(integer) 4102444800000
> SET k v PXAT 4102444800123
OK
> PEXPIRETIME k
(integer) 4102444800123
> SET k v KEEPTTL
OK
> PEXPIRETIME k
(integer) 4102444800123
> SET k v
OK
> TTL k
(integer) -1
> SET fleeting v PX 30
OK
# sleep 0.1
> GET fleeting
(nil)

# A time that has passed leaves no key.
> SET k v EXAT 1
OK
> EXISTS k
(integer) 0
> SET k v PXAT 1
OK
> EXISTS k
(integer) 0

# GET answers the old value.
> SET k v1 GET
(nil)
> SET k v2 GET
"v1"
> SET k v3 NX GET
"v2"
> SET k v3 XX GET
"v2"
> SET absent v XX GET
(nil)
> SET fresh v NX GET
(nil)
> GET k
"v3"
> SADD set x
(integer) 1
> SET set v GET
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SET set v NX GET
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> TYPE set
set

> SET k v EX 0
(error) ERR invalid expire time in 'set' command
> SET k v EX -1
(error) ERR invalid expire time in 'set' command
> SET k v PX 0
(error) ERR invalid expire time in 'set' command
> SET k v EXAT 0
(error) ERR invalid expire time in 'set' command
> SET k v PXAT -1
(error) ERR invalid expire time in 'set' command
> SET k v EX abc
(error) ERR value is not an integer or out of range
> SET k v PX 1.5
(error) ERR value is not an integer or out of range
> SET k v EX 9223372036854775807
(error) ERR invalid expire time in 'set' command
> SET k v EX 9223372036854775
(error) ERR invalid expire time in 'set' command
> SET k v PX 9223372036854775807
(error) ERR invalid expire time in 'set' command
> SET k v EX
(error) ERR syntax error
> SET k v NX XX
(error) ERR syntax error
> SET k v EX 10 PX 10
(error) ERR syntax error
> SET k v EX 10 KEEPTTL
(error) ERR syntax error
> SET k v KEEPTTL EX 10
(error) ERR syntax error
> SET k v PERSIST
(error) ERR syntax error
> SET k v unknown
(error) ERR syntax error
> SET k v 10
(error) ERR syntax error
> SET k
(error) ERR wrong number of arguments for 'set' command
> SET
(error) ERR wrong number of arguments for 'set' command
