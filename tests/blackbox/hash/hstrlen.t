# The length of a value, in decimal digits where it is stored as a number.
> HSET h text hello empty "" number -12345 big 123456789012345678901234567890
(integer) 4
> HSTRLEN h text
(integer) 5
> HSTRLEN h empty
(integer) 0
> HSTRLEN h number
(integer) 6
> HSTRLEN h big
(integer) 30
> HSTRLEN h absent
(integer) 0
> HSTRLEN missing f
(integer) 0
> HSTRLEN h
(error) ERR wrong number of arguments for 'hstrlen' command
> HSTRLEN h f g
(error) ERR wrong number of arguments for 'hstrlen' command
> SET string v
OK
> HSTRLEN string f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
