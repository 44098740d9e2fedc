> MSET a 1 b 2 a 3
OK
> MGET a b
1) "3"
2) "2"
> SADD s x
(integer) 1
> MSET s v
OK
> TYPE s
string
> SET t v EX 100
OK
> MSET t w
OK
> TTL t
(integer) -1
> MSET
(error) ERR wrong number of arguments for 'mset' command
> MSET a
(error) ERR wrong number of arguments for 'mset' command
> MSET a 1 b
(error) ERR wrong number of arguments for 'mset' command
