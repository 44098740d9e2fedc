> SET k "This is a string"
OK
> GETRANGE k 0 3
"This"
> GETRANGE k -3 -1
"ing"
> GETRANGE k 0 -1
"This is a string"
> GETRANGE k 10 100
"string"
> GETRANGE k 5 2
""
> GETRANGE k -1 -3
""
> GETRANGE k 100 200
""
> GETRANGE k -100 1
"Th"
> GETRANGE k -100 -99
"T"
> SET n 12345
OK
> GETRANGE n 1 2
"23"
> GETRANGE missing 0 -1
""
> GETRANGE k a 1
(error) ERR value is not an integer or out of range
> GETRANGE k 0 b
(error) ERR value is not an integer or out of range
> GETRANGE k 0
(error) ERR wrong number of arguments for 'getrange' command
> GETRANGE k 0 1 2
(error) ERR wrong number of arguments for 'getrange' command
> SADD s x
(integer) 1
> GETRANGE s 0 -1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
