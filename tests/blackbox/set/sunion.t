> SADD a 1 2 x
(integer) 3
> SADD b 2 y
(integer) 2
# unordered
> SUNION a b
1) "1"
2) "2"
3) "x"
4) "y"
3>
1~ "1"
2~ "2"
3~ "x"
4~ "y"
# unordered
> SUNION a a
1) "1"
2) "2"
3) "x"
3>
1~ "1"
2~ "2"
3~ "x"
# unordered
> SUNION missing a
1) "1"
2) "2"
3) "x"
3>
1~ "1"
2~ "2"
3~ "x"
> SUNION missing
(empty array)
3>
(empty set)
> SUNION missing absent
(empty array)
3>
(empty set)
> SADD n1 1 5
(integer) 2
> SADD n2 3 5
(integer) 2
# unordered
> SUNION n1 n2
1) "1"
2) "3"
3) "5"
3>
1~ "1"
2~ "3"
3~ "5"
> SET string v
OK
> SUNION string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SUNION a string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SUNION missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SUNION
(error) ERR wrong number of arguments for 'sunion' command
