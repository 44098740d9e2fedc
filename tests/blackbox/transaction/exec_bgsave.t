# server --save ""
# No snapshot is taken in the middle of a transaction: it begins behind it.
> MULTI
OK
> SET one 1
QUEUED
> BGSAVE
QUEUED
> SET two 2
QUEUED
> EXEC
1) OK
2) Background saving scheduled
3) OK
# sleep 1.5
> PING
PONG
