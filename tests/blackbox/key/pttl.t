> SET k v
OK
> PTTL k
(integer) -1
> PTTL missing
(integer) -2
> PEXPIRE k 100000
(integer) 1
> PTTL k
~ \(integer\) (100000|9[0-9]{4})
> PTTL
(error) ERR wrong number of arguments for 'pttl' command
> PTTL k k2
(error) ERR wrong number of arguments for 'pttl' command
