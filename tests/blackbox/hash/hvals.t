# HVALS is an array in both protocols, repetitions included.
> HSET h f1 same f2 same f3 other
(integer) 3
> HVALS h
1) "same"
2) "same"
3) "other"
> HVALS missing
(empty array)
> HVALS
(error) ERR wrong number of arguments for 'hvals' command
> HVALS h f1
(error) ERR wrong number of arguments for 'hvals' command
> SADD set x
(integer) 1
> HVALS set
(error) WRONGTYPE Operation against a key holding the wrong kind of value
