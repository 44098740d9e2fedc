# Without room nothing is queued, and EXEC of what needs room is refused.
> SET k v
OK
> MULTI
OK
> SET k w
QUEUED
b> CONFIG SET maxmemory 1 maxmemory-policy noeviction
OK
> EXEC
(error) EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.
> MULTI
OK
> GET k
(error) OOM command not allowed when used memory > 'maxmemory'.
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
> MULTI
OK
> MULTI
(error) OOM command not allowed when used memory > 'maxmemory'.
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
> MULTI
OK
> WATCH k
(error) OOM command not allowed when used memory > 'maxmemory'.
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
> MULTI
OK
> DISCARD
OK
b> CONFIG SET maxmemory 0
OK
> GET k
"v"
