# A payload of each type, made by Redis 7.0.
> RESTORE n 0 "\x00\xc190\n\x00\x9d\x94\xea'\x93\xfc\b\xb9"
OK
> GET n
"12345"
> RESTORE h 0 "\x10\x14\x14\x00\x00\x00\x04\x00\x81f\x02\x01\x01\x81g\x02\x83two\x04\xff\n\x00\xe3\x18t+a\xdbo\xdf"
OK
> HGETALL h
1) "f"
2) "1"
3) "g"
4) "two"
3>
1# "f" => "1"
2# "g" => "two"
> OBJECT ENCODING h
"listpack"
> RESTORE i 0 "\x0b\x14\x04\x00\x00\x00\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\xe0\x93\x04\x00\n\x00t/3HHlj9"
OK
> SMEMBERS i
1) "1"
2) "2"
3) "300000"
3>
1~ "1"
2~ "2"
3~ "300000"
> RESTORE m 0 "\x02\x02\x01b\x01a\n\x00u\xd9\x9d\x83^\xf8_e"
OK
# unordered
> SMEMBERS m
1) "a"
2) "b"
3>
1~ "a"
2~ "b"
> RESTORE z 0 "\x00\xc3\t/\x01aa\xe0\"\x00\x01aa\n\x00&`\x80[\x8e:X="
OK
> STRLEN z
(integer) 47
# A key that is there.
> RESTORE n 0 "\x00\x05hello\n\x00cr\xdfve4 \n"
(error) BUSYKEY Target key name already exists.
> GET n
"12345"
> RESTORE n 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE
OK
> GET n
"hello"
> RESTORE h 0 "\x00\x05hello\n\x00cr\xdfve4 \n" replace
OK
> TYPE h
string
# Deadlines.
> RESTORE t 100000 "\x00\x05hello\n\x00cr\xdfve4 \n"
OK
> TTL t
~ \(integer\) (99|100)
> RESTORE t 4102444800000 "\x00\x05hello\n\x00cr\xdfve4 \n" ABSTTL REPLACE
OK
> PEXPIRETIME t
(integer) 4102444800000
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE
OK
> TTL t
(integer) -1
> RESTORE t 1 "\x00\x05hello\n\x00cr\xdfve4 \n" ABSTTL REPLACE
OK
> EXISTS t
(integer) 0
# Idle time and frequency.
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" IDLETIME 1000
OK
> OBJECT IDLETIME t
~ \(integer\) 100[0-5]
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE FREQ 100
OK
> OBJECT IDLETIME t
~ \(integer\) [0-5]
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 10 FREQ 10
(error) ERR syntax error
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME -1
(error) ERR Invalid IDLETIME value, must be >= 0
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME x
(error) ERR value is not an integer or out of range
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME
(error) ERR syntax error
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE FREQ 256
(error) ERR Invalid FREQ value, must be >= 0 and <= 255
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE FREQ -1
(error) ERR Invalid FREQ value, must be >= 0 and <= 255
> RESTORE t 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE FREQ x
(error) ERR value is not an integer or out of range
# What is wrong with a payload.
> RESTORE e 0 ""
(error) ERR DUMP payload version or checksum are wrong
> RESTORE e 0 "\x00\x05hello\n\x00cr\xdfve4 \x0b"
(error) ERR DUMP payload version or checksum are wrong
> RESTORE e 0 "\x00\x05hello\n\x00cr\xdfve4 \x0b" REPLACE
(error) ERR DUMP payload version or checksum are wrong
> RESTORE e 0 "\x00\x05hello\xff\x00cr\xdfve4 \n"
(error) ERR DUMP payload version or checksum are wrong
# Other errors.
> RESTORE
(error) ERR wrong number of arguments for 'restore' command
> RESTORE x 0
(error) ERR wrong number of arguments for 'restore' command
> RESTORE x y "\x00\x05hello\n\x00cr\xdfve4 \n"
(error) ERR value is not an integer or out of range
> RESTORE x -1 "\x00\x05hello\n\x00cr\xdfve4 \n"
(error) ERR Invalid TTL value, must be >= 0
> RESTORE x 0 "\x00\x05hello\n\x00cr\xdfve4 \n" NONSENSE
(error) ERR syntax error
