# -2 without the key, -1 without a time to live, the second of its end otherwise.
> SET k v
OK
> EXPIRETIME k
(integer) -1
> EXPIRETIME missing
(integer) -2
> PEXPIREAT k 4102444800499
(integer) 1
> EXPIRETIME k
(integer) 4102444800
> PEXPIREAT k 4102444800500
(integer) 1
> EXPIRETIME k
(integer) 4102444801
> EXPIRETIME
(error) ERR wrong number of arguments for 'expiretime' command
> EXPIRETIME k k2
(error) ERR wrong number of arguments for 'expiretime' command
# The last millisecond there is.
> SET far v
OK
> PEXPIREAT far 9223372036854775806
(integer) 1
> EXPIRETIME far
(integer) 9223372036854776
