> SET x 1
OK
> EVAL_RO "return redis.call('get',KEYS[1])" 1 x
"1"
> EVAL_RO "return redis.call('set',KEYS[1],2)" 1 x
(error) ERR Write commands are not allowed from read-only scripts. script: 3e9de9560b2b6fcff9bec44cea52270f9e4d3703, on @user_script:1.
> EVAL_RO "return redis.pcall('set',KEYS[1],2)" 1 x
(error) ERR Write commands are not allowed from read-only scripts.
> EVAL_RO "return redis.call('publish','a','b')" 0
(error) ERR Write commands are not allowed from read-only scripts. script: 4790605679cf073cb561805eb6c83112ff57d189, on @user_script:1.
> EVAL_RO "#!lua flags=no-writes\nreturn 1" 0
(integer) 1
> EVAL_RO "#!lua\nreturn 1" 0
(error) ERR Can not execute a script with write flag using *_ro command.
> EVAL_RO "return 1"
(error) ERR wrong number of arguments for 'eval_ro' command
> EVAL_RO "return 1" x
(error) ERR value is not an integer or out of range
