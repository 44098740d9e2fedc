# needs 8.4
# MSETEX sets all of its keys, with one time to live, or none of them.
> MSETEX 2 a 1 b 2
(integer) 1
> MGET a b
1) "1"
2) "2"
> MSETEX 2 a 3 b 4 EX 100
(integer) 1
> TTL a
~ \(integer\) (99|100)
> TTL b
~ \(integer\) (99|100)
> MSETEX 1 a 5 KEEPTTL
(integer) 1
> TTL a
~ \(integer\) (99|100)
> MSETEX 1 a 5
(integer) 1
> TTL a
(integer) -1
> MSETEX 1 a 5 PXAT 4102444800123
(integer) 1
> PEXPIRETIME a
(integer) 4102444800123
> MSETEX 2 b x c x NX
(integer) 0
> EXISTS c
(integer) 0
> MSETEX 2 b x c x XX
(integer) 0
> GET b
"4"
> MSETEX 1 c x NX EX 100
(integer) 1
> MSETEX 2 b y c y PX 100000 XX
(integer) 1
> MGET b c
1) "y"
2) "y"
> MSETEX
(error) ERR wrong number of arguments for 'msetex' command
> MSETEX 1 a
(error) ERR wrong number of arguments for 'msetex' command
