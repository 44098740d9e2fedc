# SUBSTR is the first name of GETRANGE.
> SET k hello
OK
> SUBSTR k 1 3
"ell"
> SUBSTR k -2 -1
"lo"
> SUBSTR missing 0 -1
""
> SUBSTR k a 1
(error) ERR value is not an integer or out of range
> SUBSTR k 0
(error) ERR wrong number of arguments for 'substr' command
> SADD s x
(integer) 1
> SUBSTR s 0 -1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
