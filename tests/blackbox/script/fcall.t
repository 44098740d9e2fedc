# Functions called, and the libraries they come from.
> function load "#!lua name=lib\nlocal n=0 redis.register_function(\"f\",function(keys,args) n=n+1 return {n,keys,args} end) redis.register_function{function_name=\"g\",callback=function(keys,args) return redis.call(\"get\",\"x\") end,flags={\"no-writes\",\"allow-stale\"},description=\"does g\"} redis.register_function(\"w\",function() return redis.call(\"set\",\"x\",\"1\") end) redis.register_function(\"e\",function() return redis.call(\"incr\",\"nope\",\"x\") end) redis.register_function(\"u\",function() return undefined end) redis.register_function(\"gl\",function() x=1 end) redis.register_function(\"kk\",function() return KEYS end) redis.register_function(\"err\",function() error(\"boom\") end) redis.register_function(\"rf\",function() redis.register_function(\"zz\",function() end) end)"
"lib"
> function load "#!lua name=lib\nredis.register_function(\"zz\",function() end)"
(error) ERR Library 'lib' already exists
> function load "#!lua name=lib2\nredis.register_function(\"f\",function() end)"
(error) ERR Function f already exists
> fcall f 1 k a b
1) (integer) 1
2) 1) "k"
3) 1) "a"
   2) "b"
> fcall F 1 k a b
1) (integer) 2
2) 1) "k"
3) 1) "a"
   2) "b"
> fcall f 1 k a b
1) (integer) 3
2) 1) "k"
3) 1) "a"
   2) "b"
> fcall g 0
(nil)
> fcall w 0
OK
> fcall_ro w 0
(error) ERR Can not execute a script with write flag using *_ro command.
> fcall_ro g 0
"1"
> fcall e 0
(error) ERR Wrong number of args calling Redis command from script script: e, on @user_function:2.
> fcall u 0
(error) ERR user_function:2: Script attempted to access nonexistent global variable 'undefined' script: u, on @user_function:2.
> fcall gl 0
(error) ERR user_function:2: Attempt to modify a readonly table script: gl, on @user_function:2.
> fcall kk 0
(error) ERR user_function:2: Script attempted to access nonexistent global variable 'KEYS' script: kk, on @user_function:2.
> fcall err 0
(error) ERR user_function:2: boom script: err, on @user_function:2.
> fcall rf 0
(error) ERR user_function:2: attempt to call field 'register_function' (a nil value) script: rf, on @user_function:2.
> fcall f x
(error) ERR Bad number of keys provided
> fcall f -1
(error) ERR Number of keys can't be negative
> fcall f 5 a
(error) ERR Number of keys can't be greater than number of args
> function delete nolib
(error) ERR Library not found
> function delete lib
OK
> function delete
(error) ERR wrong number of arguments for 'function|delete' command
> function flush x
(error) ERR FUNCTION FLUSH only supports SYNC|ASYNC option
> function flush sync
OK
> function flush async
OK
> FUNCTION FLUSH async x
(error) ERR unknown subcommand or wrong number of arguments for 'FLUSH'. Try FUNCTION HELP.
> FCALL f
(error) ERR wrong number of arguments for 'fcall' command
> FCALL_RO f
(error) ERR wrong number of arguments for 'fcall_ro' command
> FUNCTION FLUSH
OK
