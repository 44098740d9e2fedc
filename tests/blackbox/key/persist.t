> SET k v EX 100
OK
> PERSIST k
(integer) 1
> TTL k
(integer) -1
> PERSIST k
(integer) 0
> PERSIST missing
(integer) 0
> PERSIST
(error) ERR wrong number of arguments for 'persist' command
> PERSIST k k2
(error) ERR wrong number of arguments for 'persist' command
