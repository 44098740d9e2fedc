> PUBLISH ch
(error) ERR wrong number of arguments for 'publish' command
> PUBLISH ch m
(integer) 0
> PUBLISH ch m x
(error) ERR wrong number of arguments for 'publish' command
> SPUBLISH ch
(error) ERR wrong number of arguments for 'spublish' command
> SPUBLISH ch m
(integer) 0
> SPUBLISH ch m x
(error) ERR wrong number of arguments for 'spublish' command
> MULTI
OK
> PUBLISH ch m
QUEUED
> EXEC
1) (integer) 0
> COMMAND GETKEYS SPUBLISH ch m
(error) ERR The command has no key arguments
