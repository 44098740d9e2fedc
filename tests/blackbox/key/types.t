# The commands on keys treat every type alike.
> SET string v
OK
> SET number 12
OK
> HSET hash f v
(integer) 1
> HSET table {{f# v *600}}
(integer) 600
> SADD ints 1 2 3
(integer) 3
> SADD set {{m# *600}}
(integer) 600
> EXPIRE table 100
(integer) 1
> RENAME table t
OK
> TTL t
~ \(integer\) (99|100)
> MOVE set 1
(integer) 1
> COPY hash h2
(integer) 1
> COPY t t2 DB 1
(integer) 1
> SELECT 1
OK
> SCARD set
(integer) 600
> HLEN t2
(integer) 600
> TTL t2
~ \(integer\) (99|100)
> SWAPDB 0 1
OK
> HLEN t
(integer) 600
> SELECT 0
OK
> SCARD set
(integer) 600
> UNLINK set t2
(integer) 2
> DBSIZE
(integer) 0
> SELECT 1
OK
> DEL string number hash h2 t ints
(integer) 6
> DBSIZE
(integer) 0
