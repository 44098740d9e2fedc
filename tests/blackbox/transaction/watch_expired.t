# A key that expires between WATCH and EXEC has changed.
> SET k v PX 40
OK
> WATCH k
OK
> MULTI
OK
> PING
QUEUED
# sleep 0.1
> EXEC
(nil)
# One that was gone by then has not.
> SET k v PX 20
OK
# sleep 0.1
> WATCH k
OK
> MULTI
OK
> PING
QUEUED
> EXEC
1) PONG
