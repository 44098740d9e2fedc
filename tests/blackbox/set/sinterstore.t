> SADD a 1 2 3 x
(integer) 4
> SADD b 2 3 4
(integer) 3
> SINTERSTORE dst a b
(integer) 2
# unordered
> SMEMBERS dst
1) "2"
2) "3"
3>
1~ "2"
2~ "3"

# A destination of any type is replaced, its time to live included.
> SET other v EX 100
OK
> SINTERSTORE other a b
(integer) 2
> TYPE other
set
> TTL other
(integer) -1

# An empty result deletes the destination.
> SINTERSTORE dst a missing
(integer) 0
> EXISTS dst
(integer) 0
> SET other v
OK
> SINTERSTORE other missing
(integer) 0
> EXISTS other
(integer) 0

# The destination may be a source.
> SINTERSTORE a a b
(integer) 2
# unordered
> SMEMBERS a
1) "2"
2) "3"
3>
1~ "2"
2~ "3"
> SINTERSTORE b b b
(integer) 3
> SCARD b
(integer) 3

# A source of another type leaves the destination as it was.
> SET string v
OK
> SINTERSTORE b missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTERSTORE b a string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SCARD b
(integer) 3
> SINTERSTORE string a string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> TYPE string
string
> SINTERSTORE string a b
(integer) 2
> TYPE string
set
> SINTERSTORE
(error) ERR wrong number of arguments for 'sinterstore' command
> SINTERSTORE dst
(error) ERR wrong number of arguments for 'sinterstore' command
