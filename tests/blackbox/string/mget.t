# Nil for what is missing or no string.
> MSET a 1 b ""
OK
> SADD s x
(integer) 1
> MGET a missing b s a
1) "1"
2) (nil)
3) ""
4) (nil)
5) "1"
> MGET missing
1) (nil)
> MGET
(error) ERR wrong number of arguments for 'mget' command
