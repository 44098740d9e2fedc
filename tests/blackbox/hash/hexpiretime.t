# needs 7.4
# HEXPIRETIME tells when fields expire, in seconds since 1970 and rounded up, a number for each field.
> HSET h a 1 b 2
(integer) 2
> HPEXPIREAT h 4102444800001 FIELDS 1 a
1) (integer) 1
> HEXPIRETIME h FIELDS 3 a b absent
1) (integer) 4102444801
2) (integer) -1
3) (integer) -2

> hexpiretime h fields 2 a a
1) (integer) 4102444801
2) (integer) 4102444801

> HEXPIRETIME missing FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> HSET table a {{v*100}} b 2
(integer) 2
> HPEXPIREAT table 4102444800001 FIELDS 1 a
1) (integer) 1
> HEXPIRETIME table FIELDS 3 a b absent
1) (integer) 4102444801
2) (integer) -1
3) (integer) -2


> HEXPIRETIME h FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HEXPIRETIME h FIELDS -1 a
(error) ERR Number of fields must be a positive integer
> HEXPIRETIME h FIELDS abc a
(error) ERR Number of fields must be a positive integer
> HEXPIRETIME h FIELDS 9223372036854775808 a
(error) ERR Number of fields must be a positive integer
> HEXPIRETIME h FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRETIME h FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRETIME h FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIRETIME missing FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HEXPIRETIME missing FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIRETIME h FIELDS 1
(error) ERR wrong number of arguments for 'hexpiretime' command
> HEXPIRETIME h
(error) ERR wrong number of arguments for 'hexpiretime' command
> SET string v
OK
> HEXPIRETIME string FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HEXPIRETIME string FIELD 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HEXPIRETIME set FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
