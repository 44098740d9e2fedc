# The bytes of each type as Redis 7.0 writes them.
> SET n 12345
OK
> DUMP n
"\x00\xc190\n\x00\x9d\x94\xea'\x93\xfc\b\xb9"
> SET big 12345678901
OK
> DUMP big
"\x00\x0b12345678901\n\x000NR\xd7'\x17e\x10"
> SET s hello
OK
> DUMP s
"\x00\x05hello\n\x00cr\xdfve4 \n"
> SET long {{a*50}}
OK
> DUMP long
"\x00\xc3\t2\x01aa\xe0%\x00\x01aa\n\x00\t\xacH\xb9\xab\x15\xfb\xc9"
> HSET h f 1 g two
(integer) 2
> DUMP h
"\x10\x14\x14\x00\x00\x00\x04\x00\x81f\x02\x01\x01\x81g\x02\x83two\x04\xff\n\x00\xe3\x18t+a\xdbo\xdf"
> SADD i 1 2 300000
(integer) 3
> DUMP i
"\x0b\x14\x04\x00\x00\x00\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\xe0\x93\x04\x00\n\x00t/3HHlj9"
> SADD one a
(integer) 1
> DUMP one
"\x02\x01\x01a\n\x00b\x96\xe9~D\xd2\x1am"
> DUMP missing
(nil)
> dump n
"\x00\xc190\n\x00\x9d\x94\xea'\x93\xfc\b\xb9"
# Errors.
> DUMP
(error) ERR wrong number of arguments for 'dump' command
> DUMP a b
(error) ERR wrong number of arguments for 'dump' command
