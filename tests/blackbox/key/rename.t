> SET a 1 EX 100
OK
> RENAME a b
OK
> GET b
"1"
> TTL b
~ \(integer\) (99|100)
> EXISTS a
(integer) 0

# The new name's old value goes, its time to live with it.
> SADD s x
(integer) 1
> RENAME s b
OK
> TYPE b
set
> TTL b
(integer) -1
> RENAME b b
OK
> SMEMBERS b
1) "x"
3>
1~ "x"
> RENAME missing b
(error) ERR no such key
> RENAME missing missing
(error) ERR no such key
> EXISTS b
(integer) 1
> RENAME a
(error) ERR wrong number of arguments for 'rename' command
> RENAME a b c
(error) ERR wrong number of arguments for 'rename' command
