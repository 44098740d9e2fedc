# HDEL counts what it removed; the key goes with its last field.
> HSET h f1 v1 f2 v2 f3 v3
(integer) 3
> HDEL h f1 absent f1
(integer) 1
> HLEN h
(integer) 2
> HDEL h f2 f3
(integer) 2
> EXISTS h
(integer) 0
> HDEL missing f
(integer) 0
> HDEL h
(error) ERR wrong number of arguments for 'hdel' command
> HDEL
(error) ERR wrong number of arguments for 'hdel' command
> SADD set x
(integer) 1
> HDEL set x
(error) WRONGTYPE Operation against a key holding the wrong kind of value

# The same beyond the small encoding.
> HSET large {{f# v# *600}}
(integer) 600
> HDEL large {{f# *599}}
(integer) 599
> HGETALL large
1) "f600"
2) "v600"
3>
1# "f600" => "v600"
> OBJECT ENCODING large
"hashtable"
> HDEL large f600
(integer) 1
> EXISTS large
(integer) 0
