> ROLE
1) "master"
2) (integer) 0
3) (empty array)
> ROLE x
(error) ERR wrong number of arguments for 'role' command
