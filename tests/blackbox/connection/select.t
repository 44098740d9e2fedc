> SET k zero
OK
> SELECT 1
OK
> GET k
(nil)
> SET k one
OK
> SELECT 0
OK
> GET k
"zero"
> SELECT 15
OK
> SELECT 16
(error) ERR DB index is out of range
> SELECT -1
(error) ERR DB index is out of range
> SELECT abc
(error) ERR value is not an integer or out of range
> SELECT ""
(error) ERR value is not an integer or out of range
> SELECT 1.5
(error) ERR value is not an integer or out of range
> SELECT
(error) ERR wrong number of arguments for 'select' command
> SELECT 1 2
(error) ERR wrong number of arguments for 'select' command

# Each connection has a database of its own.
> SELECT 1
OK
b> GET k
"zero"
