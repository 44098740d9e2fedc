> HSET h f v empty ""
(integer) 2
> HEXISTS h f
(integer) 1
> HEXISTS h empty
(integer) 1
> HEXISTS h absent
(integer) 0
> HEXISTS missing f
(integer) 0
> HEXISTS h
(error) ERR wrong number of arguments for 'hexists' command
> HEXISTS h f g
(error) ERR wrong number of arguments for 'hexists' command
> SADD set x
(integer) 1
> HEXISTS set f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
