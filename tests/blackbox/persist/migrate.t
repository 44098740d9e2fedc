> MIGRATE 127.0.0.1 1 k 0
(error) ERR wrong number of arguments for 'migrate' command
> MIGRATE 127.0.0.1 1 k x 5
(error) ERR value is not an integer or out of range
> MIGRATE 127.0.0.1 1 k 0 x
(error) ERR value is not an integer or out of range
> MIGRATE 127.0.0.1 1 k 0 5 FOO
(error) ERR syntax error
> MIGRATE 127.0.0.1 1 "" 0 5 AUTH
(error) ERR syntax error
> MIGRATE 127.0.0.1 1 "" 0 5 AUTH2 name
(error) ERR syntax error
> MIGRATE 127.0.0.1 1 k 0 5 KEYS a
(error) ERR When using MIGRATE KEYS option, the key argument must be set to the empty string
> MIGRATE 127.0.0.1 1 "" 0 5 COPY REPLACE AUTH secret KEYS
NOKEY
# What is not here need not go anywhere.
> MIGRATE 127.0.0.1 1 k 0 5
NOKEY
> MIGRATE 127.0.0.1 1 "" 0 5 KEYS a b
NOKEY
> SET k v
OK
> MIGRATE nowhere.invalid 1 k 0 100
(error) IOERR error or timeout connecting to the client
> MIGRATE 127.0.0.1 1 k 0 100
(error) IOERR error or timeout writing to target instance
> GET k
"v"
> COMMAND GETKEYS MIGRATE host 1 k 0 5
1) "k"
> COMMAND GETKEYS MIGRATE host 1 "" 0 5 AUTH keys KEYS a b
1) "a"
2) "b"
