> SET k hello
OK
> STRLEN k
(integer) 5
> SET n 12345
OK
> STRLEN n
(integer) 5
> SET e ""
OK
> STRLEN e
(integer) 0
> STRLEN missing
(integer) 0
> SADD s x
(integer) 1
> STRLEN s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> STRLEN
(error) ERR wrong number of arguments for 'strlen' command
> STRLEN k l
(error) ERR wrong number of arguments for 'strlen' command
