# needs 7.2
# A set in a listpack, as Redis 7.2 writes it.
> RESTORE m 0 "\x14\x10\x10\x00\x00\x00\x03\x00\x81a\x02\x01\x01\x82bc\x03\xff\x0b\x00d\xfa\xb8\xe0kCQ\x01"
OK
> SMEMBERS m
1) "a"
2) "1"
3) "bc"
3>
1~ "a"
2~ "1"
3~ "bc"
