> SET a zero
OK
> SELECT 1
OK
> SET a one
OK
> SWAPDB 0 1
OK
> GET a
"zero"
> SELECT 0
OK
> GET a
"one"
> SWAPDB 0 0
OK
> SWAPDB 0 16
(error) ERR DB index is out of range
> SWAPDB 16 0
(error) ERR DB index is out of range
> SWAPDB -1 0
(error) ERR DB index is out of range
> SWAPDB abc 0
(error) ERR invalid first DB index
> SWAPDB 0 abc
(error) ERR invalid second DB index
> SWAPDB 0
(error) ERR wrong number of arguments for 'swapdb' command
> SWAPDB 0 1 2
(error) ERR wrong number of arguments for 'swapdb' command
