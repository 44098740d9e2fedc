# HSET counts only the fields that are new.
> HSET h f1 v1 f2 v2
(integer) 2
> HSET h f1 changed
(integer) 0
> HSET h f1 again f3 v3
(integer) 1
> HGETALL h
1) "f1"
2) "again"
3) "f2"
4) "v2"
5) "f3"
6) "v3"
3>
1# "f1" => "again"
2# "f2" => "v2"
3# "f3" => "v3"

# A field named twice counts once, and its last value wins.
> HSET twice f 1 f 2
(integer) 1
> HGET twice f
"2"

# Empty fields and values are as good as any; so are arbitrary bytes.
> HSET bytes "" "" "\x00\xff\r\n" "\"quoted\""
(integer) 2
> HGETALL bytes
1) ""
2) ""
3) "\x00\xff\r\n"
4) "\"quoted\""
3>
1# "" => ""
2# "\x00\xff\r\n" => "\"quoted\""

# Too few arguments and an odd one out give the same error.
> HSET
(error) ERR wrong number of arguments for 'hset' command
> HSET h
(error) ERR wrong number of arguments for 'hset' command
> HSET h f
(error) ERR wrong number of arguments for 'hset' command
> HSET h f v g
(error) ERR wrong number of arguments for 'hset' command
> hset h f
(error) ERR wrong number of arguments for 'hset' command

# A key of another type is left alone.
> SET string v
OK
> HSET string f v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HSET set f v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> TYPE set
set

# The time to live of the key stays.
> EXPIRE h 100
(integer) 1
> HSET h f4 v4
(integer) 1
> TTL h
~ \(integer\) (99|100)
