> PSETEX k 100000 v
OK
> GET k
"v"
> PTTL k
~ \(integer\) (100000|9[0-9]{4})
> PSETEX k 0 v
(error) ERR invalid expire time in 'psetex' command
> PSETEX k -1 v
(error) ERR invalid expire time in 'psetex' command
> PSETEX k abc v
(error) ERR value is not an integer or out of range
> PSETEX k 9223372036854775807 v
(error) ERR invalid expire time in 'psetex' command
> PSETEX k 100
(error) ERR wrong number of arguments for 'psetex' command
> PSETEX k 20 v
OK
# sleep 0.08
> GET k
(nil)
