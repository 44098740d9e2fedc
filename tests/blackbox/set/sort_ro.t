# SORT_RO is SORT without STORE.
> SADD s 10 9 -2
(integer) 3
> SORT_RO s
1) "-2"
2) "9"
3) "10"
> SORT_RO s DESC LIMIT 0 1
1) "10"
> SORT_RO s ALPHA
1) "-2"
2) "10"
3) "9"
> HSET user_10 age 1
(integer) 1
> HSET user_9 age 2
(integer) 1
> HSET user_-2 age 3
(integer) 1
> SORT_RO s BY user_*->age GET # GET user_*->age
1) "10"
2) "1"
3) "9"
4) "2"
5) "-2"
6) "3"
> SORT_RO s STORE dst
(error) ERR syntax error
> SORT_RO missing
(empty array)
> SORT_RO
(error) ERR wrong number of arguments for 'sort_ro' command
> SET string v
OK
> SORT_RO string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
