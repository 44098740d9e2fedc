# needs 7.4
# HPERSIST takes deadlines away and answers for each field whether it had one.
> HSET h a 1 b 2
(integer) 2
> HEXPIRE h 1000 FIELDS 1 a
1) (integer) 1
> HPERSIST h FIELDS 3 a b absent
1) (integer) 1
2) (integer) -1
3) (integer) -2
> HTTL h FIELDS 2 a b
1) (integer) -1
2) (integer) -1
> OBJECT ENCODING h
"listpackex"
> HEXPIRE h 1000 FIELDS 2 a b
1) (integer) 1
2) (integer) 1
> hpersist h fields 2 a a
1) (integer) 1
2) (integer) -1
> HMGET h a b
1) "1"
2) "2"
> HPERSIST missing FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> HSET table a {{v*100}} b 2
(integer) 2
> HEXPIRE table 1000 FIELDS 1 a
1) (integer) 1
> HPERSIST table FIELDS 3 a b absent
1) (integer) 1
2) (integer) -1
3) (integer) -2
> HTTL table FIELDS 2 a b
1) (integer) -1
2) (integer) -1

> HPERSIST h FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HPERSIST h FIELDS -1 a
(error) ERR Number of fields must be a positive integer
> HPERSIST h FIELDS abc a
(error) ERR Number of fields must be a positive integer
> HPERSIST h FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HPERSIST h FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HPERSIST h FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPERSIST missing FIELDS 0 a
(error) ERR Number of fields must be a positive integer
> HPERSIST missing FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPERSIST h FIELDS 1
(error) ERR wrong number of arguments for 'hpersist' command
> HPERSIST h
(error) ERR wrong number of arguments for 'hpersist' command
> SET string v
OK
> HPERSIST string FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HPERSIST string FIELD 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HPERSIST set FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
