# What the other files show on small hashes, on tables.
> HSET h {{f# v# *1000}}
(integer) 1000
> HSET h f1 new f1000 new f1001 new
(integer) 1
> HLEN h
(integer) 1001
> HGET h f1
"new"
> HGET h f500
"v500"
> HMGET h f1001 absent f2
1) "new"
2) (nil)
3) "v2"
> HEXISTS h f999
(integer) 1
> HEXISTS h f1002
(integer) 0
> HSTRLEN h f1000
(integer) 3
> HSETNX h f5 x
(integer) 0
> HSETNX h f1002 x
(integer) 1
> HINCRBY h counter 5
(integer) 5
> HINCRBY h counter -7
(integer) -2
> HINCRBY h f3 1
(error) ERR hash value is not an integer
> HINCRBYFLOAT h float 1.25
"1.25"
> HDEL h f1 f2 f3 absent
(integer) 3
> HLEN h
(integer) 1001
> HSCAN h 0 COUNT 100000 MATCH f100?
...
> HRANDFIELD h 3
~ 1\) "\w+"
~ 2\) "\w+"
~ 3\) "\w+"
> HRANDFIELD h -2 WITHVALUES
~ 1\) .*
...
> HKEYS h
...
> HDEL h {{f# *1002}}
(integer) 999
> HLEN h
(integer) 2
# unordered
> HGETALL h
1) "float"
2) "1.25"
3) "counter"
4) "-2"
3>
1# "float" => "1.25"
2# "counter" => "-2"
> RENAME h g
OK
> HGET g counter
"-2"
> COPY g c
(integer) 1
> HINCRBY c counter 1
(integer) -1
> HGET g counter
"-2"

# Long fields and values.
> HSET long {{a*100}} {{b*1000}} {{c*70000}} {{d*100000}}
(integer) 2
> HSTRLEN long {{a*100}}
(integer) 1000
> HSTRLEN long {{c*70000}}
(integer) 100000
> HEXISTS long {{c*69999}}
(integer) 0
> HSET long {{c*70000}} short
(integer) 0
> HGET long {{c*70000}}
"short"
> HDEL long {{a*100}}
(integer) 1
> HLEN long
(integer) 1
