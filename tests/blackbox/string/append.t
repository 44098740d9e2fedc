> APPEND k hello
(integer) 5
> APPEND k " world"
(integer) 11
> GET k
"hello world"
> APPEND k ""
(integer) 11
> SET n 12
OK
> APPEND n 3
(integer) 3
> GET n
"123"
> INCR n
(integer) 124
> OBJECT ENCODING k
"raw"
> SET t v EX 100
OK
> APPEND t w
(integer) 2
> TTL t
~ \(integer\) (99|100)
> SADD s x
(integer) 1
> APPEND s y
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> APPEND k
(error) ERR wrong number of arguments for 'append' command
> APPEND k a b
(error) ERR wrong number of arguments for 'append' command
