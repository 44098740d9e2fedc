> SET a v EX 100
OK
> COPY a b
(integer) 1
> GET b
"v"
> TTL b
~ \(integer\) (99|100)

# Not over a key that is there, unless told to.
> COPY a b
(integer) 0
> SADD s x y
(integer) 2
> COPY s b REPLACE
(integer) 1
# unordered
> SMEMBERS b
1) "x"
2) "y"
3>
1~ "x"
2~ "y"
> TTL b
(integer) -1
> SADD s z
(integer) 1
> SCARD b
(integer) 2

# Into another database.
> HSET h f v
(integer) 1
> COPY h h DB 1
(integer) 1
> COPY h h db 1
(integer) 0
> COPY h h db 1 replace
(integer) 1
> SELECT 1
OK
> HGETALL h
1) "f"
2) "v"
3>
1# "f" => "v"
> SELECT 0
OK

> COPY missing x
(integer) 0
> COPY a a
(error) ERR source and destination objects are the same
> COPY a a DB 0
(error) ERR source and destination objects are the same
> COPY a c DB 16
(error) ERR DB index is out of range
> COPY a c DB -1
(error) ERR DB index is out of range
> COPY a c DB abc
(error) ERR value is not an integer or out of range
> COPY a c DB
(error) ERR syntax error
> COPY a c unknown
(error) ERR syntax error
> COPY a
(error) ERR wrong number of arguments for 'copy' command
> COPY
(error) ERR wrong number of arguments for 'copy' command

# Large ones are copied whole.
> HSET large {{f# v# *600}}
(integer) 600
> COPY large copied
(integer) 1
> HLEN copied
(integer) 600
> OBJECT ENCODING copied
"hashtable"
> HDEL large f1
(integer) 1
> HGET copied f1
"v1"
