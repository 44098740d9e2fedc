> SET k "Hello World"
OK
> SETRANGE k 6 Redis
(integer) 11
> GET k
"Hello Redis"
> SETRANGE k 12 !
(integer) 13
> GET k
"Hello Redis\x00!"
> SETRANGE k 0 ""
(integer) 13
> SETRANGE missing 3 ""
(integer) 0
> EXISTS missing
(integer) 0
> SETRANGE new 2 ab
(integer) 4
> GET new
"\x00\x00ab"
> SET n 12345
OK
> SETRANGE n 1 99
(integer) 5
> GET n
"19945"
> SETRANGE k -1 x
(error) ERR offset is out of range
> SETRANGE k 536870912 x
(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)
> SETRANGE k 536870911 xx
(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)
> SETRANGE k 9223372036854775807 x
(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)
> SETRANGE k abc x
(error) ERR value is not an integer or out of range
> SETRANGE k 0
(error) ERR wrong number of arguments for 'setrange' command
> SETRANGE k 0 a b
(error) ERR wrong number of arguments for 'setrange' command
> SADD s x
(integer) 1
> SETRANGE s 0 y
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SETRANGE s 0 ""
(error) WRONGTYPE Operation against a key holding the wrong kind of value
