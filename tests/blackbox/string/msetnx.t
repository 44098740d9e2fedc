# All or nothing.
> MSETNX a 1 b 2
(integer) 1
> MSETNX b 3 c 4
(integer) 0
> GET b
"2"
> EXISTS c
(integer) 0
> MSETNX d 1 d 2
(integer) 1
> GET d
"2"
> SADD s x
(integer) 1
> MSETNX s v e 1
(integer) 0
> MSETNX
(error) ERR wrong number of arguments for 'msetnx' command
> MSETNX a
(error) ERR wrong number of arguments for 'msetnx' command
> MSETNX x 1 y
(error) ERR wrong number of arguments for 'msetnx' command
