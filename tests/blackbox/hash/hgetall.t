# HGETALL is a map in RESP3.
> HSET h f1 v1 f2 2
(integer) 2
> HGETALL h
1) "f1"
2) "v1"
3) "f2"
4) "2"
3>
1# "f1" => "v1"
2# "f2" => "2"
> HGETALL missing
(empty array)
3>
(empty hash)
> HGETALL
(error) ERR wrong number of arguments for 'hgetall' command
> HGETALL h f1
(error) ERR wrong number of arguments for 'hgetall' command
> SET string v
OK
> HGETALL string
(error) WRONGTYPE Operation against a key holding the wrong kind of value

# The small encoding keeps the order of insertion; a change keeps the place.
> HSET ordered c 1 a 2 b 3
(integer) 3
> HSET ordered a changed
(integer) 0
> HGETALL ordered
1) "c"
2) "1"
3) "a"
4) "changed"
5) "b"
6) "3"
3>
1# "c" => "1"
2# "a" => "changed"
3# "b" => "3"
> HDEL ordered c
(integer) 1
> HSET ordered c back
(integer) 1
> HGETALL ordered
1) "a"
2) "changed"
3) "b"
4) "3"
5) "c"
6) "back"
3>
1# "a" => "changed"
2# "b" => "3"
3# "c" => "back"
