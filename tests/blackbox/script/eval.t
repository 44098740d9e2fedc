# Keys and arguments, in tables of their own.
> EVAL "return {KEYS[1],KEYS[2],ARGV[1],#KEYS,#ARGV}" 2 a b c
1) "a"
2) "b"
3) "c"
4) (integer) 2
5) (integer) 1
> EVAL "return 'no keys'" 0
"no keys"
> EVAL "return ...; " 0 x
(nil)
> eval "KEYS[1]='changed' return KEYS[1]" 1 k
"changed"
> EVAL "return ARGV[1]..ARGV[2]" 0 "a\x00b" "\xff"
"a\x00b\xff"
# A script is cached by its digest.
> EVALSHA 952f49ffc8f7b098d8ab5da45d3164ca36ed18b1 0
(error) NOSCRIPT No matching script. Please use EVAL.
> EVAL "return 'cached'" 0
"cached"
> EVALSHA 952f49ffc8f7b098d8ab5da45d3164ca36ed18b1 0
"cached"
# The reserve-stock script.
> HSET product:1 stock 10
(integer) 1
> EVAL "local stock = tonumber(redis.call('HGET', KEYS[1], 'stock'))\nif stock >= tonumber(ARGV[1]) then\n  redis.call('HINCRBY', KEYS[1], 'stock', -tonumber(ARGV[1]))\n  return 1\nend\nreturn 0" 1 product:1 4
(integer) 1
> EVAL "local stock = tonumber(redis.call('HGET', KEYS[1], 'stock'))\nif stock >= tonumber(ARGV[1]) then\n  redis.call('HINCRBY', KEYS[1], 'stock', -tonumber(ARGV[1]))\n  return 1\nend\nreturn 0" 1 product:1 7
(integer) 0
> HGET product:1 stock
"6"
# A lock is given back by who holds it.
> SET lock token
OK
> EVAL "if redis.call('get',KEYS[1]) == ARGV[1] then return redis.call('del',KEYS[1]) else return 0 end" 1 lock other
(integer) 0
> EVAL "if redis.call('get',KEYS[1]) == ARGV[1] then return redis.call('del',KEYS[1]) else return 0 end" 1 lock token
(integer) 1
# SELECT is the script's own.
> EVAL "redis.call('select',3) redis.call('set','there','1') return redis.call('dbsize')" 0
(integer) 1
> EXISTS there
(integer) 0
> SELECT 3
OK
> GET there
"1"
> SELECT 0
OK
# What cannot run.
> EVAL
(error) ERR wrong number of arguments for 'eval' command
> EVAL "return 1"
(error) ERR wrong number of arguments for 'eval' command
> EVAL "return 1" x
(error) ERR value is not an integer or out of range
> EVAL "return 1" -1
(error) ERR Number of keys can't be negative
> EVAL "return 1" 2 a
(error) ERR Number of keys can't be greater than number of args
> EVAL "return 1" 1.5 a
(error) ERR value is not an integer or out of range
> EVAL "not lua" 0
(error) ERR Error compiling script (new function): user_script:1: unexpected symbol near 'not'
> EVAL "return (" 0
(error) ERR Error compiling script (new function): user_script:1: unexpected symbol near '<eof>'
> EVAL "x = 'unfinished" 0
(error) ERR Error compiling script (new function): user_script:1: unfinished string near '<eof>'
> EVAL "\n\nfor" 0
(error) ERR Error compiling script (new function): user_script:3: '<name>' expected near '<eof>'
> EVAL "" 0
(nil)
> EVAL "#comment" 0
(error) ERR Error compiling script (new function): user_script:1: unexpected symbol near '#'
# What a script does to its lists is gone when the next one runs.
> EVAL "KEYS.x = 1 KEYS[20] = 2 ARGV[3] = 'more' setmetatable(ARGV, {__index = function() return 'mine' end}) return {ARGV[9], KEYS.x, KEYS[20]}" 2 a b c
1) "mine"
2) (integer) 1
3) (integer) 2
> EVAL "return {tostring(KEYS.x), tostring(KEYS[20]), tostring(ARGV[2]), #KEYS, #ARGV}" 1 a
1) "nil"
2) "nil"
3) "nil"
4) (integer) 1
5) (integer) 0
> EVAL "return {KEYS[1], KEYS[2], tostring(KEYS[3]), #ARGV}" 2 a b c
1) "a"
2) "b"
3) "nil"
4) (integer) 1
> EVAL "return {#KEYS, KEYS[12], #ARGV}" 12 1 2 3 4 5 6 7 8 9 10 11 12 x
1) (integer) 12
2) "12"
3) (integer) 1
> EVAL "return {#KEYS, tostring(KEYS[1]), tostring(KEYS[12]), ARGV[1]}" 0 y
1) (integer) 0
2) "nil"
3) "nil"
4) "y"
