> SET a v EX 100
OK
> MOVE a 1
(integer) 1
> EXISTS a
(integer) 0
> SELECT 1
OK
> GET a
"v"
> TTL a
~ \(integer\) (99|100)
> MOVE a 1
(error) ERR source and destination objects are the same
> SELECT 0
OK
> SET a other
OK
> MOVE a 1
(integer) 0
> GET a
"other"
> MOVE missing 1
(integer) 0
> MOVE a 16
(error) ERR DB index is out of range
> MOVE a -1
(error) ERR DB index is out of range
> MOVE a abc
(error) ERR value is not an integer or out of range
> MOVE a
(error) ERR wrong number of arguments for 'move' command
> MOVE a 1 2
(error) ERR wrong number of arguments for 'move' command
