> SADD a 1 2 3 x y
(integer) 5
> SADD b 2 3 4 y z
(integer) 5
> SADD c 3 y
(integer) 2
# unordered
> SINTER a b
1) "2"
2) "3"
3) "y"
3>
1~ "2"
2~ "3"
3~ "y"
# unordered
> SINTER a b c
1) "3"
2) "y"
3>
1~ "3"
2~ "y"
# unordered
> SINTER c
1) "3"
2) "y"
3>
1~ "3"
2~ "y"
# unordered
> SINTER a a
1) "1"
2) "2"
3) "3"
4) "x"
5) "y"
3>
1~ "1"
2~ "2"
3~ "3"
4~ "x"
5~ "y"
> SINTER a missing
(empty array)
3>
(empty set)
> SINTER missing
(empty array)
3>
(empty set)
> SINTER missing a b
(empty array)
3>
(empty set)
> SADD apart q
(integer) 1
> SINTER a apart
(empty array)
3>
(empty set)
> SADD n1 1 2 3 4
(integer) 4
> SADD n2 3 4 5
(integer) 3
# unordered
> SINTER n1 n2
1) "3"
2) "4"
3>
1~ "3"
2~ "4"

# Every key must be a set, even when the answer is known to be empty.
> SET string v
OK
> SINTER string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTER a string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTER missing string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTER string missing
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTER apart a string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SINTER
(error) ERR wrong number of arguments for 'sinter' command
