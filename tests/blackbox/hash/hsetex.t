# needs 8.0
# HSETEX sets fields together with their deadline. It is all of them or none.
> HSETEX h EX 1000 FIELDS 2 a 1 b 2
(integer) 1
> HMGET h a b
1) "1"
2) "2"
> HTTL h FIELDS 2 a b
~ 1\) \(integer\) (1000|99\d)
~ 2\) \(integer\) (1000|99\d)
> OBJECT ENCODING h
"listpackex"
> HSETEX h PXAT 4102444800123 FIELDS 1 a 3
(integer) 1
> HSETEX h EXAT 4102444800 FIELDS 1 b 4
(integer) 1
> HPEXPIRETIME h FIELDS 2 a b
1) (integer) 4102444800123
2) (integer) 4102444800000
> HSETEX h PX 1000000 FIELDS 1 c 5
(integer) 1
> HTTL h FIELDS 1 c
~ 1\) \(integer\) (1000|99\d)
> hsetex h keepttl fields 3 a 6 b 7 d 8
(integer) 1
> HPEXPIRETIME h FIELDS 3 a b d
1) (integer) 4102444800123
2) (integer) 4102444800000
3) (integer) -1
> HSETEX h FIELDS 1 a 9
(integer) 1
> HMGET h a b c d
1) "9"
2) "7"
3) "5"
4) "8"
> HPEXPIRETIME h FIELDS 2 a b
1) (integer) -1
2) (integer) 4102444800000

> HSETEX h FNX FIELDS 2 e 1 a 1
(integer) 0
> HSETEX h FXX FIELDS 2 a 1 e 1
(integer) 0
> HGET h a
"9"
> HSETEX h FNX EX 1000 FIELDS 2 e 1 f 2
(integer) 1
> HSETEX h EXAT 4102444800 FXX FIELDS 2 e 3 f 4
(integer) 1
> HMGET h e f
1) "3"
2) "4"
> HEXPIRETIME h FIELDS 2 e f
1) (integer) 4102444800
2) (integer) 4102444800
> HSETEX missing FXX EX 10 FIELDS 1 a 1
(integer) 0
> EXISTS missing
(integer) 0
> HSETEX new FNX FIELDS 3 a 1 a 2 b 3
(integer) 1
> HMGET new a b
1) "2"
2) "3"

# What is past already is set and deleted.
> HSETEX new EX 0 FIELDS 2 a 1 x 2
(integer) 1
> HKEYS new
1) "b"
> HSETEX new PXAT 1 FIELDS 1 b 1
(integer) 1
> EXISTS new
(integer) 0
> HSETEX new EX 0 FIELDS 1 b 1
(integer) 1
> EXISTS new
(integer) 0
> HSETEX table EXAT 4102444800 FIELDS 2 a {{v*100}} b 2
(integer) 1
> OBJECT ENCODING table
"hashtable"
> HEXPIRETIME table FIELDS 2 a b
1) (integer) 4102444800
2) (integer) 4102444800
> HSETEX table KEEPTTL FIELDS 2 a 1 c 1
(integer) 1
> HEXPIRETIME table FIELDS 3 a b c
1) (integer) 4102444800
2) (integer) 4102444800
3) (integer) -1
> HSETEX table FIELDS 1 a 1
(integer) 1
> HEXPIRETIME table FIELDS 2 a b
1) (integer) -1
2) (integer) 4102444800
> HSETEX table EX 0 FIELDS 3 a 1 b 1 c 1
(integer) 1
> EXISTS table
(integer) 0

> HSETEX h EX -1 FIELDS 1 a 1
(error) ERR invalid expire time, must be >= 0
> HSETEX h EX abc FIELDS 1 a 1
(error) ERR value is not an integer or out of range
> HSETEX h EX FIELDS 1 a 1
(error) ERR value is not an integer or out of range
> HSETEX h EX 9223372036854775807 FIELDS 1 a 1
(error) ERR invalid expire time in 'hsetex' command
> HSETEX h PX 70368744177663 FIELDS 1 a 1
(error) ERR invalid expire time in 'hsetex' command
> HSETEX h PXAT 70368744177664 FIELDS 1 a 1
(error) ERR invalid expire time in 'hsetex' command
> HSETEX h FNX FXX FIELDS 1 a 1
(error) ERR Only one of FXX or FNX arguments can be specified
> HSETEX h FXX FXX FIELDS 1 a 1
(error) ERR Only one of FXX or FNX arguments can be specified
> HSETEX h EX 10 PX 10 FIELDS 1 a 1
(error) ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified
> HSETEX h EX 10 KEEPTTL FIELDS 1 a 1
(error) ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified
> HSETEX h KEEPTTL KEEPTTL FIELDS 1 a 1
(error) ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified
> HSETEX h KEEPTTL EX 10 FIELDS 1 a 1
(error) ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified
> HSETEX h PERSIST FIELDS 1 a 1
(error) ERR unknown argument: PERSIST
> HSETEX h NX FIELDS 1 a 1
(error) ERR unknown argument: NX
> HSETEX h a 1 b 2
(error) ERR unknown argument: a
> HSETEX h FIELDS 0 a 1
(error) ERR invalid number of fields
> HSETEX h FIELDS -1 a 1
(error) ERR invalid number of fields
> HSETEX h FIELDS abc a 1
(error) ERR invalid number of fields
> HSETEX h FIELDS 2147483648 a 1
(error) ERR invalid number of fields
> HSETEX h FIELDS 2147483647 a 1
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h FIELDS 2 a 1
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h FIELDS 2 a 1 b
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h FIELDS 1 a 1 b 2
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h FIELDS 1 a 1 EX 10
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h EX 10 FIELDS 1 a
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h EX 10 FIELDS
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h FIELDS 1 a
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX h
(error) ERR wrong number of arguments for 'hsetex' command
> HSETEX missing EX abc FIELDS 1 a 1
(error) ERR value is not an integer or out of range
> SET string v
OK
> HSETEX string FIELDS 1 f v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HSETEX string FXX FIELDS 1 f v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HSETEX string FIELDS 0 f v
(error) ERR invalid number of fields
> HSETEX string EX abc FIELDS 1 f v
(error) ERR value is not an integer or out of range
> SADD set x
(integer) 1
> HSETEX set FIELDS 1 x v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
