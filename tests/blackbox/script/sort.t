# What a script sorts has an order that the data decides.
> SADD s 5 3 1 10 z
(integer) 5
> EVAL "return redis.call('SORT',KEYS[1],'BY','nosort')" 1 s
1) "1"
2) "10"
3) "3"
4) "5"
5) "z"
> EVAL "return redis.call('SORT',KEYS[1],'BY','nosort','DESC')" 1 s
1) "z"
2) "5"
3) "3"
4) "10"
5) "1"
> EVAL "return redis.call('SORT',KEYS[1],'BY','nosort','LIMIT','1','2')" 1 s
1) "10"
2) "3"
> EVAL "return redis.call('SORT_RO',KEYS[1],'BY','nosort','DESC','LIMIT','0','2')" 1 s
1) "z"
2) "5"
