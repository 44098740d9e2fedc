# STORE of nothing deletes.
> SET a 1
OK
> SORT none STORE a
(integer) 0
> EXISTS a
(integer) 0
> SADD s 2 1
(integer) 2
> SADD d x
(integer) 1
> SORT s LIMIT 5 10 STORE d
(integer) 0
> EXISTS d s
(integer) 1
> SORT none STORE none
(integer) 0
> SET a 1
OK
> SORT a STORE d
(error) WRONGTYPE Operation against a key holding the wrong kind of value
