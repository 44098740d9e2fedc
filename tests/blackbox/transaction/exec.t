> EXEC
(error) ERR EXEC without MULTI
> MULTI
OK
> EXEC
(empty array)
# An error while queueing discards all; one while running does not.
> MULTI
OK
> SET a 1
QUEUED
> GET
(error) ERR wrong number of arguments for 'get' command
> SET a 2
QUEUED
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
> GET a
(nil)
> MULTI
OK
> NOSUCH x
(error) ERR unknown command 'NOSUCH', with args beginning with: 'x' 
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
> MULTI
OK
> SET a 1
QUEUED
> HSET a f v
QUEUED
> SET a 2
QUEUED
> EXEC
1) OK
2) (error) WRONGTYPE Operation against a key holding the wrong kind of value
3) OK
> GET a
"2"
# An EXEC that cannot run ends the transaction.
> MULTI
OK
> EXEC x
(error) EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command
> EXEC
(error) ERR EXEC without MULTI
> EXEC x
(error) EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command
# Databases, types and deletes within.
> MULTI
OK
> SELECT 1
QUEUED
> SET k 1
QUEUED
> SELECT 0
QUEUED
> GET k
QUEUED
> SADD s a
QUEUED
> SMEMBERS s
QUEUED
> DEL s
QUEUED
> EXEC
1) OK
2) OK
3) OK
4) (nil)
5) (integer) 1
6) 1) "a"
7) (integer) 1
3>
1) OK
2) OK
3) OK
4) (nil)
5) (integer) 1
6) 1~ "a"
7) (integer) 1
> SELECT 1
OK
> GET k
"1"
> DEL k
(integer) 1
> SELECT 0
OK
