> MULTI
OK
> SET k v
QUEUED
> HSET h f 1
QUEUED
> INCR k
QUEUED
> HGETALL h
QUEUED
> EXEC
1) OK
2) (integer) 1
3) (error) ERR value is not an integer or out of range
4) 1) "f"
   2) "1"
3>
1) OK
2) (integer) 1
3) (error) ERR value is not an integer or out of range
4) 1# "f" => "1"
> GET k
"v"
# No nesting, and nothing is lost by trying.
> MULTI
OK
> MULTI
(error) ERR MULTI calls can not be nested
> SET k w
QUEUED
> EXEC
1) OK
> MULTI x
(error) ERR wrong number of arguments for 'multi' command
> MULTI
OK
> MULTI x
(error) ERR wrong number of arguments for 'multi' command
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
# What may not be queued fails the transaction.
> MULTI
OK
> SAVE
(error) ERR Command not allowed inside a transaction
> SHUTDOWN NOSAVE
(error) ERR Command not allowed inside a transaction
> SHUTDOWN ABORT
(error) ERR Command not allowed inside a transaction
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
