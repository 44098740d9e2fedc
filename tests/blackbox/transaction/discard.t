> DISCARD
(error) ERR DISCARD without MULTI
> MULTI
OK
> SET k v
QUEUED
> DISCARD x
(error) ERR wrong number of arguments for 'discard' command
> DISCARD
OK
> GET k
(nil)
> EXEC
(error) ERR EXEC without MULTI
> WATCH k
OK
> MULTI
OK
> DISCARD
OK
b> SET k 1
OK
> MULTI
OK
> PING
QUEUED
> EXEC
1) PONG
