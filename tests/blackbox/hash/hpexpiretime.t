# needs 7.4
# HPEXPIRETIME tells when fields expire, in milliseconds since 1970, a number for each field.
> HSET h a 1 b 2
(integer) 2
> HPEXPIREAT h 4102444800001 FIELDS 1 a
1) (integer) 1
> HPEXPIRETIME h FIELDS 3 a b absent
1) (integer) 4102444800001
2) (integer) -1
3) (integer) -2

> hpexpiretime h fields 2 a a
1) (integer) 4102444800001
2) (integer) 4102444800001

> HPEXPIRETIME missing FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> HSET table a {{v*100}} b 2
(integer) 2
> HPEXPIREAT table 4102444800001 FIELDS 1 a
1) (integer) 1
> HPEXPIRETIME table FIELDS 3 a b absent
1) (integer) 4102444800001
2) (integer) -1
3) (integer) -2


> HPEXPIRETIME h FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HPEXPIRETIME h FIELDS -1 a
(error) ERR Number of fields must be a positive integer
> HPEXPIRETIME h FIELDS abc a
(error) ERR Number of fields must be a positive integer
> HPEXPIRETIME h FIELDS 9223372036854775808 a
(error) ERR Number of fields must be a positive integer
> HPEXPIRETIME h FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HPEXPIRETIME h FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HPEXPIRETIME h FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPEXPIRETIME missing FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HPEXPIRETIME missing FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPEXPIRETIME h FIELDS 1
(error) ERR wrong number of arguments for 'hpexpiretime' command
> HPEXPIRETIME h
(error) ERR wrong number of arguments for 'hpexpiretime' command
> SET string v
OK
> HPEXPIRETIME string FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HPEXPIRETIME string FIELD 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HPEXPIRETIME set FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
