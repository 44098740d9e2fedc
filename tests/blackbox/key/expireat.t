> SET k v
OK
> EXPIREAT k 4102444800
(integer) 1
> EXPIRETIME k
(integer) 4102444800
> PEXPIRETIME k
(integer) 4102444800000
> EXPIREAT missing 4102444800
(integer) 0
> EXPIREAT k 4102444801 NX
(integer) 0
> EXPIREAT k 4102444801 GT
(integer) 1
> EXPIREAT k 4102444802 LT
(integer) 0
> EXPIREAT k 4102444802 XX
(integer) 1
> EXPIRETIME k
(integer) 4102444802
> EXPIREAT k 1
(integer) 1
> EXISTS k
(integer) 0
> SET k v
OK
> EXPIREAT k -1
(integer) 1
> EXISTS k
(integer) 0
> SET k v
OK
> EXPIREAT k abc
(error) ERR value is not an integer or out of range
> EXPIREAT k 9223372036854775807
(error) ERR invalid expire time in 'expireat' command
> EXPIREAT k 9223372036854775
(integer) 1
> EXPIRETIME k
(integer) 9223372036854775
> EXPIREAT k 9223372036854776
(error) ERR invalid expire time in 'expireat' command
> EXPIREAT k 10 NX LT
(error) ERR NX and XX, GT or LT options at the same time are not compatible
> EXPIREAT k 10 GT LT
(error) ERR GT and LT options at the same time are not compatible
> EXPIREAT k 10 unknown
(error) ERR Unsupported option unknown
> EXPIREAT k
(error) ERR wrong number of arguments for 'expireat' command
