# Calls of commands: replies and refusals.
> EVAL "return redis.call()" 0
(error) ERR Please specify at least one argument for this redis lib call script: 0a907e1429221a4d85516cab7fd219a82a9439d8, on @user_script:1.
> EVAL "return redis.pcall()" 0
(error) ERR Please specify at least one argument for this redis lib call
> EVAL "return redis.call('nosuch')" 0
(error) ERR Unknown Redis command called from script script: 206396248e12c6e742fd7296250433c8d7343b74, on @user_script:1.
> EVAL "return redis.pcall('nosuch')" 0
(error) ERR Unknown Redis command called from script
> EVAL "return redis.pcall('nosuch')['err']" 0
"ERR Unknown Redis command called from script"
> EVAL "return redis.call('get')" 0
(error) ERR Wrong number of args calling Redis command from script script: f187dee77f607f7cff00bbabc9df38507582c78d, on @user_script:1.
> EVAL "return redis.pcall('get').err" 0
"ERR Wrong number of args calling Redis command from script"
> EVAL "return redis.call('set','x',{})" 0
(error) ERR Lua redis lib command arguments must be strings or integers script: 22b6401e490282a52b35fdeea55305fd5641816e, on @user_script:1.
> EVAL "return redis.call({})" 0
(error) ERR Lua redis lib command arguments must be strings or integers script: 80747816df1f4411f7c442b928fce6a814214839, on @user_script:1.
> EVAL "return redis.call('set','x',1.5) " 0
OK
> EVAL "return redis.call('get','x')" 0
"1.5"
> EVAL "return redis.call('set','x',1e100) " 0
OK
> EVAL "return redis.call('get','x')" 0
"1e+100"
> EVAL "return redis.call('set','x',3.0) " 0
OK
> EVAL "return redis.call('get','x')" 0
"3"
> EVAL "return redis.call('set','x',12345678901234567890) " 0
OK
> EVAL "return redis.call('get','x')" 0
"1.2345678901234567e+19"
> EVAL "return redis.call('subscribe','x')" 0
(error) ERR This Redis command is not allowed from script script: 2f334966be3d5602175118691c9d198b0a695e53, on @user_script:1.
> EVAL "return redis.call('multi')" 0
(error) ERR This Redis command is not allowed from script script: c329a1a294be6bf95b44144f7502610661ae925a, on @user_script:1.
> EVAL "return redis.call('eval','return 1',0)" 0
(error) ERR This Redis command is not allowed from script script: 595931feb16e9cba240a2e4c6a852627761118e3, on @user_script:1.
> EVAL "return redis.call('hget','x','y')" 0
(error) WRONGTYPE Operation against a key holding the wrong kind of value script: f1d52e15bae91b84cf1b596af671e1a8149627e7, on @user_script:1.
> EVAL "return redis.pcall('hget','x','y')" 0
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> EVAL "return redis.pcall('hget','x','y').err" 0
"WRONGTYPE Operation against a key holding the wrong kind of value"
> EVAL "redis.call('set','a','b','c','d')" 0
(error) ERR syntax error script: b551e873542012f49b55cc29abfc08027185ad13, on @user_script:1.
> EVAL "redis.call('incr','nope') redis.call('set','s','x') return redis.call('incr','s')" 0
(error) ERR value is not an integer or out of range script: 1dc3e8c4d1345612961ae000086ef1a5e2db6e0c, on @user_script:1.
