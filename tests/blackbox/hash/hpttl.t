# needs 7.4
# HPTTL tells how many milliseconds fields have left, a number for each field.
> HSET h a 1 b 2
(integer) 2
> HPEXPIREAT h 4102444800001 FIELDS 1 a
1) (integer) 1
> HPTTL h FIELDS 3 a b absent
~ 1\) \(integer\) \d{12,13}
2) (integer) -1
3) (integer) -2
> hpttl h fields 2 a a
~ 1\) \(integer\) \d{12,13}
~ 2\) \(integer\) \d{12,13}
> HPTTL missing FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> HSET table a {{v*100}} b 2
(integer) 2
> HPEXPIREAT table 4102444800001 FIELDS 1 a
1) (integer) 1
> HPTTL table FIELDS 3 a b absent
~ 1\) \(integer\) \d{12,13}
2) (integer) -1
3) (integer) -2

> HPTTL h FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HPTTL h FIELDS -1 a
(error) ERR Number of fields must be a positive integer
> HPTTL h FIELDS abc a
(error) ERR Number of fields must be a positive integer
> HPTTL h FIELDS 9223372036854775808 a
(error) ERR Number of fields must be a positive integer
> HPTTL h FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HPTTL h FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HPTTL h FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPTTL missing FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HPTTL missing FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPTTL h FIELDS 1
(error) ERR wrong number of arguments for 'hpttl' command
> HPTTL h
(error) ERR wrong number of arguments for 'hpttl' command
> SET string v
OK
> HPTTL string FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HPTTL string FIELD 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HPTTL set FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
