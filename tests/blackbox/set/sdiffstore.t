> SADD a 1 2 3 x
(integer) 4
> SADD b 2 x
(integer) 2
> SDIFFSTORE dst a b
(integer) 2
# unordered
> SMEMBERS dst
1) "1"
2) "3"
3>
1~ "1"
2~ "3"
> OBJECT ENCODING dst
"intset"
> SET other v EX 100
OK
> SDIFFSTORE other a b
(integer) 2
> TYPE other
set
> TTL other
(integer) -1
> SDIFFSTORE dst a a
(integer) 0
> EXISTS dst
(integer) 0
> SDIFFSTORE dst missing a
(integer) 0
> EXISTS dst
(integer) 0
> SDIFFSTORE a a b
(integer) 2
> SCARD a
(integer) 2
> SET string v
OK
> SDIFFSTORE a missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SCARD a
(integer) 2
> SDIFFSTORE
(error) ERR wrong number of arguments for 'sdiffstore' command
> SDIFFSTORE dst
(error) ERR wrong number of arguments for 'sdiffstore' command
