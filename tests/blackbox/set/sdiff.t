> SADD a 1 2 3 x y
(integer) 5
> SADD b 2 y
(integer) 2
> SADD c 3
(integer) 1
# unordered
> SDIFF a b
1) "1"
2) "3"
3) "x"
3>
1~ "1"
2~ "3"
3~ "x"
# unordered
> SDIFF a b c
1) "1"
2) "x"
3>
1~ "1"
2~ "x"
> SDIFF b a
(empty array)
3>
(empty set)
> SDIFF a a
(empty array)
3>
(empty set)
# unordered
> SDIFF b missing
1) "2"
2) "y"
3>
1~ "2"
2~ "y"
> SDIFF missing a
(empty array)
3>
(empty set)
> SDIFF missing
(empty array)
3>
(empty set)
> SADD n1 1 2 3
(integer) 3
> SADD n2 2
(integer) 1
# unordered
> SDIFF n1 n2
1) "1"
2) "3"
3>
1~ "1"
2~ "3"
> SET string v
OK
> SDIFF string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SDIFF a string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SDIFF missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SDIFF a b string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SDIFF
(error) ERR wrong number of arguments for 'sdiff' command
