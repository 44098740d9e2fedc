> SADD a 1 2 x
(integer) 3
> SADD b 2 y
(integer) 2
> SUNIONSTORE dst a b
(integer) 4
# unordered
> SMEMBERS dst
1) "1"
2) "2"
3) "x"
4) "y"
3>
1~ "1"
2~ "2"
3~ "x"
4~ "y"
> SET other v EX 100
OK
> SUNIONSTORE other a
(integer) 3
> TYPE other
set
> TTL other
(integer) -1
> SUNIONSTORE dst missing
(integer) 0
> EXISTS dst
(integer) 0
> SUNIONSTORE a a b
(integer) 4
> SCARD a
(integer) 4
> SET string v
OK
> SUNIONSTORE a missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SCARD a
(integer) 4
> SUNIONSTORE
(error) ERR wrong number of arguments for 'sunionstore' command
> SUNIONSTORE dst
(error) ERR wrong number of arguments for 'sunionstore' command

# The result has the encoding that suits it.
> SADD n1 1 2
(integer) 2
> SADD n2 3
(integer) 1
> SUNIONSTORE numbers n1 n2
(integer) 3
> OBJECT ENCODING numbers
"intset"
