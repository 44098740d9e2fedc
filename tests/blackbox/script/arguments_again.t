# KEYS and ARGV are what was passed, whatever the script before did to them.
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV}" 2 a b c d e
1) 1) "a"
   2) "b"
2) 1) "c"
   2) "d"
   3) "e"
3) (integer) 2
4) (integer) 3
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV}" 1 a c
1) 1) "a"
2) 1) "c"
3) (integer) 1
4) (integer) 1
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV}" 0
1) (empty array)
2) (empty array)
3) (integer) 0
4) (integer) 0
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV}" 2 a b c d e
1) 1) "a"
   2) "b"
2) 1) "c"
   2) "d"
   3) "e"
3) (integer) 2
4) (integer) 3
> EVAL "KEYS[1]='x' KEYS.y='z' ARGV[7]=1 return {KEYS, ARGV}" 1 a b
1) 1) "x"
2) 1) "b"
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV, tostring(KEYS.y), tostring(ARGV[7])}" 1 a c
1) 1) "a"
2) 1) "c"
3) (integer) 1
4) (integer) 1
5) "nil"
6) "nil"
> EVAL "table.insert(KEYS, 'more') table.sort(ARGV) return {KEYS, ARGV}" 1 a c b
1) 1) "a"
   2) "more"
2) 1) "b"
   2) "c"
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV}" 1 a c b
1) 1) "a"
2) 1) "c"
   2) "b"
3) (integer) 1
4) (integer) 2
> EVAL "rawset(KEYS, 3, 'x') return redis.call('NOSUCH')" 1 a
(error) ERR Unknown Redis command called from script script: d0f4d82f2ade2b5773688ea47b238334062200e2, on @user_script:1.
> EVAL "local n = 0 for _ in pairs(KEYS) do n = n + 1 end return n" 1 a
(integer) 1
> EVAL "setmetatable(KEYS, {__index = function() return 'm' end}) return KEYS[5]" 1 a
"m"
> EVAL "return tostring(KEYS[5])" 1 a
"nil"
> EVAL "return {#KEYS, #ARGV}" 10 1 2 3 4 5 6 7 8 9 10 a b c d e f g h i j k
1) (integer) 10
2) (integer) 11
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV}" 1 a c
1) 1) "a"
2) 1) "c"
3) (integer) 1
4) (integer) 1
> EVAL "return {KEYS, ARGV, #KEYS, #ARGV}" 1 a
1) 1) "a"
2) (empty array)
3) (integer) 1
4) (integer) 0
