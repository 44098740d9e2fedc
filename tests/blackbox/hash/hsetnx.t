# HSETNX sets a field only if it is absent.
> HSETNX h f v
(integer) 1
> HSETNX h f other
(integer) 0
> HGET h f
"v"
> HSETNX h g w
(integer) 1
> HLEN h
(integer) 2

> HSETNX h f
(error) ERR wrong number of arguments for 'hsetnx' command
> HSETNX h f v g w
(error) ERR wrong number of arguments for 'hsetnx' command
> SET string v
OK
> HSETNX string f v
(error) WRONGTYPE Operation against a key holding the wrong kind of value
