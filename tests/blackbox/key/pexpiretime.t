> SET k v
OK
> PEXPIRETIME k
(integer) -1
> PEXPIRETIME missing
(integer) -2
> PEXPIREAT k 4102444800499
(integer) 1
> PEXPIRETIME k
(integer) 4102444800499
> PEXPIRETIME
(error) ERR wrong number of arguments for 'pexpiretime' command
> PEXPIRETIME k k2
(error) ERR wrong number of arguments for 'pexpiretime' command
