> SETEX k 100 v
OK
> GET k
"v"
> TTL k
~ \(integer\) (99|100)
> SADD s x
(integer) 1
> SETEX s 100 v
OK
> TYPE s
string
> SETEX k 0 v
(error) ERR invalid expire time in 'setex' command
> SETEX k -1 v
(error) ERR invalid expire time in 'setex' command
> SETEX k abc v
(error) ERR value is not an integer or out of range
> SETEX k 9223372036854775807 v
(error) ERR invalid expire time in 'setex' command
> SETEX k 100
(error) ERR wrong number of arguments for 'setex' command
> SETEX k 100 v w
(error) ERR wrong number of arguments for 'setex' command
