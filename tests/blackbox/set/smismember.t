# An array of integers in both protocols, for a missing key too.
> SADD s a b
(integer) 2
> SMISMEMBER s b absent a a
1) (integer) 1
2) (integer) 0
3) (integer) 1
4) (integer) 1
> SMISMEMBER s a
1) (integer) 1
> SMISMEMBER missing a b
1) (integer) 0
2) (integer) 0
> SMISMEMBER s
(error) ERR wrong number of arguments for 'smismember' command
> SMISMEMBER
(error) ERR wrong number of arguments for 'smismember' command
> SET string v
OK
> SMISMEMBER string a b
(error) WRONGTYPE Operation against a key holding the wrong kind of value
