> SET a 1
OK
> SET b 2
OK
> RENAMENX a b
(integer) 0
> GET a
"1"
> RENAMENX a c
(integer) 1
> GET c
"1"
> EXISTS a
(integer) 0
> RENAMENX c c
(integer) 0
> RENAMENX missing x
(error) ERR no such key
> RENAMENX missing c
(error) ERR no such key
> RENAMENX a
(error) ERR wrong number of arguments for 'renamenx' command
> RENAMENX a b c
(error) ERR wrong number of arguments for 'renamenx' command
