# -2 without the key, -1 without a time to live, rounded to the nearest second otherwise.
> SET k v
OK
> TTL k
(integer) -1
> TTL missing
(integer) -2
> PEXPIRE k 10999
(integer) 1
> TTL k
(integer) 11
> PEXPIRE k 10499
(integer) 1
> TTL k
(integer) 10
> TTL
(error) ERR wrong number of arguments for 'ttl' command
> TTL k k2
(error) ERR wrong number of arguments for 'ttl' command
