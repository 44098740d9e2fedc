# needs 8.0
# HGETEX answers the values in the order of the request, and changes the deadlines of the fields.
> HSET h a 1 b 2 c 3 d 4
(integer) 4
> HGETEX h FIELDS 3 b absent a
1) "2"
2) (nil)
3) "1"
> HPEXPIRETIME h FIELDS 2 a b
1) (integer) -1
2) (integer) -1
> HGETEX h PXAT 4102444800123 FIELDS 2 a absent
1) "1"
2) (nil)
> HPEXPIRETIME h FIELDS 2 a b
1) (integer) 4102444800123
2) (integer) -1
> HGETEX h EXAT 4102444800 FIELDS 1 a
1) "1"
> HPEXPIRETIME h FIELDS 1 a
1) (integer) 4102444800000
> hgetex h ex 1000 fields 2 a b
1) "1"
2) "2"
> HTTL h FIELDS 2 a b
~ 1\) \(integer\) (1000|99\d)
~ 2\) \(integer\) (1000|99\d)
> HGETEX h PX 1000000 FIELDS 1 c
1) "3"
> HTTL h FIELDS 1 c
~ 1\) \(integer\) (1000|99\d)
> OBJECT ENCODING h
"listpackex"

# Without an option deadlines stay.
> HGETEX h FIELDS 2 a a
1) "1"
2) "1"
> HTTL h FIELDS 1 a
~ 1\) \(integer\) (1000|99\d)
> HGETEX h PERSIST FIELDS 3 a d absent
1) "1"
2) "4"
3) (nil)
> HTTL h FIELDS 2 a d
1) (integer) -1
2) (integer) -1
> HGETEX missing EX 10 FIELDS 2 a b
1) (nil)
2) (nil)
> HGETEX missing FIELDS 1 a
1) (nil)
> EXISTS missing
(integer) 0

# What is past already deletes, once it was read.
> HGETEX h EX 0 FIELDS 3 a a absent
1) "1"
2) (nil)
3) (nil)
> HGETEX h PXAT 1 FIELDS 3 b c d
1) "2"
2) "3"
3) "4"
> EXISTS h
(integer) 0
> HSET table a {{v*100}} b 2
(integer) 2
> HGETEX table EXAT 4102444800 FIELDS 2 b absent
1) "2"
2) (nil)
> HPEXPIRETIME table FIELDS 2 a b
1) (integer) -1
2) (integer) 4102444800000
> HGETEX table PERSIST FIELDS 2 a b
1) "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"
2) "2"
> HPEXPIRETIME table FIELDS 2 a b
1) (integer) -1
2) (integer) -1

> HSET h f v
(integer) 1
> HGETEX h EX -1 FIELDS 1 f
(error) ERR invalid expire time, must be >= 0
> HGETEX h EX abc FIELDS 1 f
(error) ERR value is not an integer or out of range
> HGETEX h EX FIELDS 1 f
(error) ERR value is not an integer or out of range
> HGETEX h EX 9223372036854775807 FIELDS 1 f
(error) ERR invalid expire time in 'hgetex' command
> HGETEX h PX 70368744177663 FIELDS 1 f
(error) ERR invalid expire time in 'hgetex' command
> HGETEX h PXAT 70368744177664 FIELDS 1 f
(error) ERR invalid expire time in 'hgetex' command
> HGETEX h EX 10 PX 10 FIELDS 1 f
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HGETEX h EX 10 PERSIST FIELDS 1 f
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HGETEX h KEEPTTL FIELDS 1 f
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HGETEX h FIELDS 1 f EX 10
(error) ERR The `numfields` parameter must match the number of arguments
> HGETEX h FIELDS 1 f PERSIST
(error) ERR The `numfields` parameter must match the number of arguments
> HGETEX h FIELDS 0 f
(error) ERR Number of fields must be a positive integer
> HGETEX h FIELDS -1 f
(error) ERR Number of fields must be a positive integer
> HGETEX h FIELDS abc f
(error) ERR Number of fields must be a positive integer
> HGETEX h FIELDS 9223372036854775808 f
(error) ERR Number of fields must be a positive integer
> HGETEX h FIELDS 2 f
(error) ERR The `numfields` parameter must match the number of arguments
> HGETEX h FIELDS 1 f g
(error) ERR The `numfields` parameter must match the number of arguments
> HGETEX h EX 10 FIELDS 1
(error) ERR The `numfields` parameter must match the number of arguments
> HGETEX h EX 10 FIELDS
(error) ERR wrong number of arguments for 'hgetex' command
> HGETEX h PERSIST FIELDS
(error) ERR wrong number of arguments for 'hgetex' command
> HGETEX h EX 10 FIELDS 0
(error) ERR Number of fields must be a positive integer
> HGETEX h FIELD 1 f
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HGETEX h FIELDS 1
(error) ERR wrong number of arguments for 'hgetex' command
> HGETEX h
(error) ERR wrong number of arguments for 'hgetex' command
> HGETEX missing FIELDS 0 f
(error) ERR Number of fields must be a positive integer
> HGETEX missing EX abc FIELDS 0 f
(error) ERR value is not an integer or out of range
> HGETEX h FIELDS 1 f
1) "v"
> SET string v
OK
> HGETEX string FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HGETEX string EX abc FIELDS 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HGETEX set FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
