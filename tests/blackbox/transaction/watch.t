> WATCH
(error) ERR wrong number of arguments for 'watch' command
> WATCH k l
OK
> MULTI
OK
> WATCH k
(error) ERR WATCH inside MULTI is not allowed
> PING
QUEUED
> EXEC
1) PONG
# A change by another: nothing runs.
> WATCH k l
OK
b> SET l 1
OK
> MULTI
OK
> SET k 1
QUEUED
> EXEC
(nil)
> GET k
(nil)
# It counts once.
> MULTI
OK
> SET k 1
QUEUED
> EXEC
1) OK
# A change of one's own counts as well, and so does one that leaves the value as it was.
> WATCH k
OK
> SET k 1
OK
> MULTI
OK
> PING
QUEUED
> EXEC
(nil)
> WATCH k
OK
b> DEL nothing
(integer) 0
b> EXPIRE nothing 10
(integer) 0
> MULTI
OK
> PING
QUEUED
> EXEC
1) PONG
# By hashes and sets.
> HSET h f 1
(integer) 1
> SADD s a
(integer) 1
> WATCH h
OK
b> HDEL h nofield
(integer) 0
> MULTI
OK
> PING
QUEUED
> EXEC
1) PONG
> WATCH h
OK
b> HINCRBY h f 1
(integer) 2
> MULTI
OK
> PING
QUEUED
> EXEC
(nil)
> WATCH s
OK
b> SPOP s
"a"
> MULTI
OK
> PING
QUEUED
> EXEC
(nil)
# Deadlines, renames, moves.
> SET k 1
OK
> WATCH k
OK
b> EXPIRE k 100
(integer) 1
> MULTI
OK
> PING
QUEUED
> EXEC
(nil)
> WATCH k
OK
b> PERSIST k
(integer) 1
> MULTI
OK
> PING
QUEUED
> EXEC
(nil)
> WATCH new
OK
b> RENAME k new
OK
> MULTI
OK
> PING
QUEUED
> EXEC
(nil)
> WATCH new
OK
b> MOVE new 3
(integer) 1
> MULTI
OK
> PING
QUEUED
> EXEC
(nil)
b> SELECT 3
OK
b> DEL new
(integer) 1
b> SELECT 0
OK
# An unchanged key in another database does not count.
> SELECT 2
OK
> WATCH k
OK
> SELECT 0
OK
b> SET k 5
OK
> MULTI
OK
> PING
QUEUED
> EXEC
1) PONG
