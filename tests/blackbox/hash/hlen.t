> HSET h f1 v1 f2 v2
(integer) 2
> HLEN h
(integer) 2
> HDEL h f1
(integer) 1
> HLEN h
(integer) 1
> HLEN missing
(integer) 0
> HLEN
(error) ERR wrong number of arguments for 'hlen' command
> HLEN h f
(error) ERR wrong number of arguments for 'hlen' command
> SET string v
OK
> HLEN string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
