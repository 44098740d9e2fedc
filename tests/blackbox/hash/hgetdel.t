# needs 8.0
# HGETDEL answers the values in the order of the request, then deletes the fields.
> HSET h f1 v1 f2 v2 f3 v3 f4 v4
(integer) 4
> HGETDEL h FIELDS 1 f1
1) "v1"
> HGETDEL h FIELDS 3 absent f2 f2
1) (nil)
2) "v2"
3) (nil)
> HGETALL h
1) "f3"
2) "v3"
3) "f4"
4) "v4"
3>
1# "f3" => "v3"
2# "f4" => "v4"
> hgetdel h fields 2 f3 f4
1) "v3"
2) "v4"
> EXISTS h
(integer) 0
> HGETDEL missing FIELDS 2 f1 f2
1) (nil)
2) (nil)

> HSET h f v
(integer) 1
> HGETDEL h FIELDS 0 f
(error) ERR Number of fields must be a positive integer
> HGETDEL h FIELDS -1 f
(error) ERR Number of fields must be a positive integer
> HGETDEL h FIELDS abc f
(error) ERR Number of fields must be a positive integer
> HGETDEL h FIELDS 2 f
(error) ERR The `numfields` parameter must match the number of arguments
> HGETDEL h FIELDS 1 f g
(error) ERR The `numfields` parameter must match the number of arguments
> HGETDEL h FIELD 1 f
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HGETDEL h 1 f
(error) ERR wrong number of arguments for 'hgetdel' command
> HGETDEL h FIELDS 1
(error) ERR wrong number of arguments for 'hgetdel' command
> HGETDEL h
(error) ERR wrong number of arguments for 'hgetdel' command
> HGETDEL missing FIELDS 0 f
(error) ERR Number of fields must be a positive integer
> HGETALL h
1) "f"
2) "v"
3>
1# "f" => "v"
> SET string v
OK
> HGETDEL string FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HGETDEL set FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
