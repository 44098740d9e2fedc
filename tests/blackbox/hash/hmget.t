# Values come in the order of the request, nil for what is absent.
> HSET h f1 v1 f2 v2
(integer) 2
> HMGET h f2 absent f1 f2
1) "v2"
2) (nil)
3) "v1"
4) "v2"
> HMGET missing f1 f2
1) (nil)
2) (nil)
> HMGET h
(error) ERR wrong number of arguments for 'hmget' command
> HMGET
(error) ERR wrong number of arguments for 'hmget' command
> SET string v
OK
> HMGET string f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
