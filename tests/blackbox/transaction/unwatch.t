> UNWATCH
OK
> WATCH k
OK
b> SET k 1
OK
> UNWATCH
OK
> MULTI
OK
> PING
QUEUED
> EXEC
1) PONG
# Queued it comes too late.
> WATCH k
OK
b> SET k 1
OK
> MULTI
OK
> UNWATCH
QUEUED
> EXEC
(nil)
> MULTI
OK
> UNWATCH
QUEUED
> EXEC
1) OK
> UNWATCH x
(error) ERR wrong number of arguments for 'unwatch' command
