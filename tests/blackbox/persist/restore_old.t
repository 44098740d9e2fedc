# Forms that are no longer written.
# A hash in a ziplist.
> RESTORE z 0 "\x0d\x1d\x1d\x00\x00\x00\x1a\x00\x00\x00\x06\x00\x00\x01f\x03\xfe\x07\x03\x01g\x03\xc0\x00\x10\x04\x01h\x03\xf3\xff\x09\x00\x9c\xdb0\xe9\xe1Y\x1e\xda"
OK
> HGETALL z
1) "f"
2) "7"
3) "g"
4) "4096"
5) "h"
6) "2"
3>
1# "f" => "7"
2# "g" => "4096"
3# "h" => "2"
# A hash in a zipmap.
> RESTORE p 0 "\x09\x13\x02\x01f\x05\x00hello\x02gg\x01\x02v\x00\x00\xff\x03\x00{\xbd\xa4\xe6^\xe4R/"
OK
> HGETALL p
1) "f"
2) "hello"
3) "gg"
4) "v"
3>
1# "f" => "hello"
2# "gg" => "v"
> OBJECT ENCODING p
"listpack"
