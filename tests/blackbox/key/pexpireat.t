> SET k v
OK
> PEXPIREAT k 4102444800123
(integer) 1
> PEXPIRETIME k
(integer) 4102444800123
> EXPIRETIME k
(integer) 4102444800
> PEXPIREAT missing 4102444800123
(integer) 0
> PEXPIREAT k 4102444800124 GT
(integer) 1
> PEXPIREAT k 4102444800125 LT
(integer) 0
> PEXPIREAT k 4102444800125 NX
(integer) 0
> PEXPIREAT k 4102444800126 XX
(integer) 1
> PEXPIRETIME k
(integer) 4102444800126
> PEXPIREAT k 1
(integer) 1
> EXISTS k
(integer) 0
> SET k v
OK
> PEXPIREAT k 9223372036854775807
(integer) 1
> PEXPIRETIME k
(integer) 9223372036854775807
> PEXPIREAT k 9223372036854775808
(error) ERR value is not an integer or out of range
> PEXPIREAT k abc
(error) ERR value is not an integer or out of range
> PEXPIREAT k 10 XX NX
(error) ERR NX and XX, GT or LT options at the same time are not compatible
> PEXPIREAT k 10 unknown
(error) ERR Unsupported option unknown
> PEXPIREAT k
(error) ERR wrong number of arguments for 'pexpireat' command
