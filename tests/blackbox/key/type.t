> SET a 1
OK
> SADD b x
(integer) 1
> HSET c f v
(integer) 1
> TYPE a
string
> TYPE b
set
> TYPE c
hash
> TYPE missing
none
> TYPE
(error) ERR wrong number of arguments for 'type' command
> TYPE a b
(error) ERR wrong number of arguments for 'type' command
