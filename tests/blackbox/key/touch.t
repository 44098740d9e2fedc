> MSET a 1 b 2
OK
> TOUCH a
(integer) 1
> TOUCH a a b missing
(integer) 3
> TOUCH missing
(integer) 0
> TOUCH
(error) ERR wrong number of arguments for 'touch' command
