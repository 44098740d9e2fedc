> SET k v
OK
> GETDEL k
"v"
> EXISTS k
(integer) 0
> GETDEL k
(nil)
> SADD s x
(integer) 1
> GETDEL s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> EXISTS s
(integer) 1
> GETDEL
(error) ERR wrong number of arguments for 'getdel' command
> GETDEL k l
(error) ERR wrong number of arguments for 'getdel' command
