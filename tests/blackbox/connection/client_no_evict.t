> CLIENT NO-EVICT ON
OK
> CLIENT NO-EVICT off
OK
> CLIENT NO-EVICT maybe
(error) ERR syntax error
> CLIENT NO-EVICT
(error) ERR wrong number of arguments for 'client|no-evict' command
