# What the other files show on small sets, on tables.
> SADD a {{m# *1000}}
(integer) 1000
> SADD a m1 m1000 m1001
(integer) 1
> SADD b {{m# *500}} {{x# *500}}
(integer) 1000
> SISMEMBER a m777
(integer) 1
> SISMEMBER a x1
(integer) 0
> SMISMEMBER a m1 x1 m1001 ""
1) (integer) 1
2) (integer) 0
3) (integer) 1
4) (integer) 0
> SINTERCARD 2 a b
(integer) 500
> SINTERCARD 2 a b LIMIT 100
(integer) 100
> SINTERSTORE i a b
(integer) 500
> SUNIONSTORE u a b
(integer) 1501
> SDIFFSTORE d a b
(integer) 501
> SDIFFSTORE e b a
(integer) 500
> SDIFFSTORE none a a
(integer) 0
> SISMEMBER i m500
(integer) 1
> SISMEMBER i m501
(integer) 0
> SISMEMBER d m501
(integer) 1
> SMOVE a b m1000
(integer) 1
> SMOVE a b m1
(integer) 1
> SCARD a
(integer) 999
> SCARD b
(integer) 1001
> SPOP a 400
...
> SCARD a
(integer) 599
> SRANDMEMBER a 5
~ 1\) "m\d+"
~ 2\) "m\d+"
~ 3\) "m\d+"
~ 4\) "m\d+"
~ 5\) "m\d+"
> SRANDMEMBER a -2
~ 1\) "m\d+"
~ 2\) "m\d+"
> SRANDMEMBER a
~ "m\d+"
> SSCAN u 0 COUNT 100000 MATCH x50?
1) "0"
2) 1) "x500"
> SORT b ALPHA LIMIT 0 3
1) "m1"
2) "m10"
3) "m100"
> SORT b ALPHA DESC LIMIT 0 3
1) "x99"
2) "x98"
3) "x97"
> SREM u {{x# *500}}
(integer) 500
> SCARD u
(integer) 1001
> SADD n {{# *2000}}
(integer) 2000
> SORT n DESC LIMIT 0 2
1) "2000"
2) "1999"
> SADD w 1 2000 3000
(integer) 3
# unordered
> SINTER n w
1) "1"
2) "2000"
3>
1~ "1"
2~ "2000"
> SDIFF w n
1) "3000"
3>
1~ "3000"
> SMEMBERS missing
(empty array)
3>
(empty set)

# Long members.
> SADD long {{a*100}} {{b*1000}} {{c*100000}}
(integer) 3
> SISMEMBER long {{c*100000}}
(integer) 1
> SISMEMBER long {{c*99999}}
(integer) 0
> SREM long {{b*1000}}
(integer) 1
> SCARD long
(integer) 2
