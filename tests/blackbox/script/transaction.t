# Scripts in transactions, and transactions that watch what scripts change.
> MULTI
OK
> SET k 1
QUEUED
> EVAL "redis.call('incr', KEYS[1]) return redis.call('get', KEYS[1])" 1 k
QUEUED
> EVAL "return redis.call('incr', KEYS[1], 'x')" 1 k
QUEUED
> EVAL "not lua" 0
QUEUED
> EVALSHA 0000000000000000000000000000000000000000 0
QUEUED
> EVAL "return {1, {2, 'three'}, {ok = 'fine'}}" 0
QUEUED
> INCR k
QUEUED
> EXEC
1) OK
2) "2"
3) (error) ERR Wrong number of args calling Redis command from script script: 7ba0e977b3f144edb94db63006b6ffa3f91f5e3c, on @user_script:1.
4) (error) ERR Error compiling script (new function): user_script:1: unexpected symbol near 'not'
5) (error) NOSCRIPT No matching script. Please use EVAL.
6) 1) (integer) 1
   2) 1) (integer) 2
      2) "three"
   3) fine
7) (integer) 3
> MULTI
OK
> EVAL "return 1"
(error) ERR wrong number of arguments for 'eval' command
> EXEC
(error) EXECABORT Transaction discarded because of previous errors.
> WATCH k
OK
b> EVAL "return redis.call('set', KEYS[1], 'changed')" 1 k
OK
> MULTI
OK
> GET k
QUEUED
> EXEC
(nil)
> WATCH k
OK
b> EVAL "return redis.call('get', KEYS[1])" 1 k
"changed"
> MULTI
OK
> GET k
QUEUED
> EXEC
1) "changed"
# A script is a transaction by itself: these commands are not for it.
> EVAL "return redis.call('multi')" 0
(error) ERR This Redis command is not allowed from script script: c329a1a294be6bf95b44144f7502610661ae925a, on @user_script:1.
> EVAL "return redis.call('exec')" 0
(error) ERR This Redis command is not allowed from script script: cfd06730c41ba24d30327b6d49d1ebf96a001298, on @user_script:1.
> EVAL "return redis.call('watch', 'k')" 0
(error) ERR This Redis command is not allowed from script script: a817c523f5cc80f968ddb4aca6966271f58c9433, on @user_script:1.
> EVAL "return redis.call('subscribe', 'c')" 0
(error) ERR This Redis command is not allowed from script script: ef3d3b3db03eea01b69a3675b5e27984671b35c3, on @user_script:1.
