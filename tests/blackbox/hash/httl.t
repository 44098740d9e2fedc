# needs 7.4
# HTTL tells how many seconds fields have left, rounded up, a number for each field.
> HSET h a 1 b 2
(integer) 2
> HPEXPIREAT h 4102444800001 FIELDS 1 a
1) (integer) 1
> HTTL h FIELDS 3 a b absent
~ 1\) \(integer\) \d{9,10}
2) (integer) -1
3) (integer) -2
> httl h fields 2 a a
~ 1\) \(integer\) \d{9,10}
~ 2\) \(integer\) \d{9,10}
> HTTL missing FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> HSET table a {{v*100}} b 2
(integer) 2
> HPEXPIREAT table 4102444800001 FIELDS 1 a
1) (integer) 1
> HTTL table FIELDS 3 a b absent
~ 1\) \(integer\) \d{9,10}
2) (integer) -1
3) (integer) -2

> HTTL h FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HTTL h FIELDS -1 a
(error) ERR Number of fields must be a positive integer
> HTTL h FIELDS abc a
(error) ERR Number of fields must be a positive integer
> HTTL h FIELDS 9223372036854775808 a
(error) ERR Number of fields must be a positive integer
> HTTL h FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HTTL h FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HTTL h FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HTTL missing FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HTTL missing FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HTTL h FIELDS 1
(error) ERR wrong number of arguments for 'httl' command
> HTTL h
(error) ERR wrong number of arguments for 'httl' command
> SET string v
OK
> HTTL string FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HTTL string FIELD 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HTTL set FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value

# Half a second is one, rounded up.
> HPEXPIRE h 5500 FIELDS 1 b
1) (integer) 1
> HTTL h FIELDS 1 b
~ 1\) \(integer\) [456]
