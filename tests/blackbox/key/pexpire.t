> SET k v
OK
> PEXPIRE k 100000
(integer) 1
> PTTL k
~ \(integer\) (100000|99[0-9]{3}|9[0-9]{4})
> TTL k
~ \(integer\) (9[0-9]|100)
> PEXPIRE missing 1000
(integer) 0
> PEXPIRE k 200000 NX
(integer) 0
> PEXPIRE k 200000 GT
(integer) 1
> PEXPIRE k 300000 LT
(integer) 0
> PEXPIRE k 300000 XX
(integer) 1
> PEXPIRE k -1
(integer) 1
> EXISTS k
(integer) 0
> SET k v
OK
> PEXPIRE k 1
(integer) 1
# sleep 0.05
> GET k
(nil)
> SET k v
OK
> PEXPIRE k abc
(error) ERR value is not an integer or out of range
> PEXPIRE k 9223372036854775807
(error) ERR invalid expire time in 'pexpire' command
> PEXPIRE k -9223372036854775808
(integer) 1
> PEXPIRE k 10 NX XX
(error) ERR NX and XX, GT or LT options at the same time are not compatible
> PEXPIRE k 10 GT LT
(error) ERR GT and LT options at the same time are not compatible
> PEXPIRE k 10 unknown
(error) ERR Unsupported option unknown
> PEXPIRE k
(error) ERR wrong number of arguments for 'pexpire' command
