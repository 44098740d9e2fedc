> CONFIG RESETSTAT
OK
> CONFIG RESETSTAT x
(error) ERR wrong number of arguments for 'config|resetstat' command
