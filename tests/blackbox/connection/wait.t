> WAIT
(error) ERR wrong number of arguments for 'wait' command
> WAIT 0 0
(integer) 0
> WAIT -1 0
(integer) 0
> WAIT x 0
(error) ERR value is not an integer or out of range
> WAIT 0 x
(error) ERR timeout is not an integer or out of range
> WAIT 0 -1
(error) ERR timeout is negative
> WAIT 0 0 0
(error) ERR wrong number of arguments for 'wait' command
> WAIT 99999999999999999999 0
(error) ERR value is not an integer or out of range
> WAIT 1 1
(integer) 0
> MULTI
OK
> WAIT 1 0
QUEUED
> EXEC
1) (integer) 0
