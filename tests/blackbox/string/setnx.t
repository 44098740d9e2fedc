> SETNX k v
(integer) 1
> SETNX k other
(integer) 0
> GET k
"v"
> SADD s x
(integer) 1
> SETNX s v
(integer) 0
> TYPE s
set
> SETNX k
(error) ERR wrong number of arguments for 'setnx' command
> SETNX k v w
(error) ERR wrong number of arguments for 'setnx' command
