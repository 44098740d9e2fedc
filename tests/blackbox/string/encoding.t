# Canonical integers are int, up to 44 bytes are embstr, more is raw.
> SET i 12345
OK
> OBJECT ENCODING i
"int"
> SET i -9223372036854775808
OK
> OBJECT ENCODING i
"int"
> SET i 9223372036854775808
OK
> OBJECT ENCODING i
"embstr"
> SET i 012
OK
> OBJECT ENCODING i
"embstr"
> SET i " 1"
OK
> OBJECT ENCODING i
"embstr"
> SET i ""
OK
> OBJECT ENCODING i
"embstr"
> SET s {{x*44}}
OK
> OBJECT ENCODING s
"embstr"
> SET s {{x*45}}
OK
> OBJECT ENCODING s
"raw"
> SETEX s 100 1
OK
> OBJECT ENCODING s
"int"
> GETSET s 7
"1"
> OBJECT ENCODING s
"int"
> MSET m 7
OK
> OBJECT ENCODING m
"int"
> INCRBY n 7
(integer) 7
> OBJECT ENCODING n
"int"
> APPEND n 1
(integer) 2
> OBJECT ENCODING n
"raw"
> APPEND fresh 12
(integer) 2
> OBJECT ENCODING fresh
"int"
> SETRANGE m 0 8
(integer) 1
> OBJECT ENCODING m
"raw"
> INCRBYFLOAT f 2
"2"
> OBJECT ENCODING f
"embstr"
> SETNX nx 12
(integer) 1
> OBJECT ENCODING nx
"int"
> SET short 1
OK
> COPY short copied
(integer) 1
> OBJECT ENCODING copied
"int"
