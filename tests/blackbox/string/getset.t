> GETSET k v
(nil)
> GETSET k w
"v"
> GET k
"w"
> SET k v EX 100
OK
> GETSET k w
"v"
> TTL k
(integer) -1
> SADD s x
(integer) 1
> GETSET s v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> GETSET k
(error) ERR wrong number of arguments for 'getset' command
> GETSET k v w
(error) ERR wrong number of arguments for 'getset' command
