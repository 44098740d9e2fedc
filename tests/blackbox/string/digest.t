# needs 8.4
# DIGEST is XXH3 of the value, 64 bits in hexadecimal.
> SET k "Hello world"
OK
> DIGEST k
"b6acb9d84a38ff74"
> SET k ""
OK
> DIGEST k
"2d06800538d394c2"
> DIGEST missing
(nil)
> DIGEST
(error) ERR wrong number of arguments for 'digest' command
> DIGEST k l
(error) ERR wrong number of arguments for 'digest' command
> SADD s x
(integer) 1
> DIGEST s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
