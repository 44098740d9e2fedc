# SMEMBERS is a set in RESP3.
> SADD s a b c
(integer) 3
# unordered
> SMEMBERS s
1) "a"
2) "b"
3) "c"
3>
1~ "a"
2~ "b"
3~ "c"
> SMEMBERS missing
(empty array)
3>
(empty set)
> SMEMBERS
(error) ERR wrong number of arguments for 'smembers' command
> SMEMBERS s a
(error) ERR wrong number of arguments for 'smembers' command
> SET string v
OK
> SMEMBERS string
(error) WRONGTYPE Operation against a key holding the wrong kind of value

# A set of integers comes in ascending order.
> SADD numbers 10 -5 3 9223372036854775807 -9223372036854775808 70000
(integer) 6
> SMEMBERS numbers
1) "-9223372036854775808"
2) "-5"
3) "3"
4) "10"
5) "70000"
6) "9223372036854775807"
3>
1~ "-9223372036854775808"
2~ "-5"
3~ "3"
4~ "10"
5~ "70000"
6~ "9223372036854775807"
