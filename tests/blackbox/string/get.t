> SET k v
OK
> GET k
"v"
> SET empty ""
OK
> GET empty
""
> SET bytes "\x00\xff\n"
OK
> GET bytes
"\x00\xff\n"
> SET number 00012
OK
> GET number
"00012"
> GET missing
(nil)
> GET
(error) ERR wrong number of arguments for 'get' command
> GET k k2
(error) ERR wrong number of arguments for 'get' command
> SADD s x
(integer) 1
> GET s
(error) WRONGTYPE Operation against a key holding the wrong kind of value
