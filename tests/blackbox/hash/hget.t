> HSET h f v number 12345678901234567890 empty ""
(integer) 3
> HGET h f
"v"
> HGET h number
"12345678901234567890"
> HGET h empty
""
> HGET h absent
(nil)
> HGET missing f
(nil)
> HGET h
(error) ERR wrong number of arguments for 'hget' command
> HGET h f g
(error) ERR wrong number of arguments for 'hget' command
> SADD set x
(integer) 1
> HGET set f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
