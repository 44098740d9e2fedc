# EXISTS counts a key as often as it is named.
> SET a 1
OK
> SADD b x
(integer) 1
> EXISTS a
(integer) 1
> EXISTS a a b missing
(integer) 3
> EXISTS missing
(integer) 0
> EXISTS
(error) ERR wrong number of arguments for 'exists' command
