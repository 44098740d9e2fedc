> CLIENT UNPAUSE
OK
> CLIENT UNPAUSE
OK
> CLIENT UNPAUSE x
(error) ERR wrong number of arguments for 'client|unpause' command
