# The other functions of the redis table.
> EVAL "return redis.error_reply('a b')" 0
(error) a b
> EVAL "return redis.error_reply('-a b')" 0
(error) a b
> EVAL "return redis.error_reply('a')" 0
(error) ERR a
> EVAL "return redis.error_reply('')" 0
(error) ERR 
> EVAL "return redis.error_reply()" 0
(error) ERR wrong number or type of arguments
> EVAL "return redis.error_reply(1)" 0
(error) ERR wrong number or type of arguments
> EVAL "return redis.status_reply('a')" 0
a
> EVAL "return redis.status_reply()" 0
(error) ERR wrong number or type of arguments
> EVAL "return redis.sha1hex('a')" 0
"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
> EVAL "return redis.sha1hex()" 0
(error) ERR wrong number of arguments script: 3c7ce947ae74a835cc575b6ee87fb27503cb7ba4, on @user_script:1.
> EVAL "return redis.sha1hex('a','b')" 0
(error) ERR wrong number of arguments script: edf6261c570172733db1a1733deb85dff3d07a94, on @user_script:1.
> EVAL "return redis.sha1hex({})" 0
"da39a3ee5e6b4b0d3255bfef95601890afd80709"
> EVAL "return redis.log('x')" 0
(error) ERR redis.log() requires two arguments or more. script: 1fcd6a303159eb531344e55c3a1258a5faf371df, on @user_script:1.
> EVAL "return redis.log(redis.LOG_WARNING)" 0
(error) ERR redis.log() requires two arguments or more. script: 224c2b6c4d4a245fb6c4394854d25a2ca448909c, on @user_script:1.
> EVAL "return redis.log(10,'a')" 0
(error) ERR Invalid debug level. script: aebcd1697a80171e7454682e41c45ff498c22f9c, on @user_script:1.
> EVAL "return redis.set_repl()" 0
(error) ERR redis.set_repl() requires two arguments. script: 9504533b41060c143a92eb2f8878e77d33b6dc33, on @user_script:1.
> EVAL "return redis.set_repl(9)" 0
(error) ERR Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE. script: f43d522179aeb2c4dadb59b026d11ed249ca02e0, on @user_script:1.
> EVAL "return redis.set_repl(redis.REPL_ALL)" 0
(nil)
> EVAL "return redis.replicate_commands()" 0
(integer) 1
> EVAL "return redis.breakpoint()" 0
(nil)
> EVAL "return redis.debug('a')" 0
(nil)
> EVAL "return redis.setresp()" 0
(error) ERR redis.setresp() requires one argument. script: 76da64e28014e7c9ad76db33c3918c53d81a3d7e, on @user_script:1.
> EVAL "return redis.setresp(4)" 0
(error) ERR RESP version must be 2 or 3. script: 921c0a48021d97dfd5884aeea41875972c7804d9, on @user_script:1.
> EVAL "return redis.setresp('3')" 0
(nil)
> EVAL "return redis.setresp(3)" 0
(nil)
> EVAL "return redis.setresp(3,2)" 0
(error) ERR redis.setresp() requires one argument. script: f07445ea2d7f60fc729169422f3a17e3c58df316, on @user_script:1.
> EVAL "return redis.acl_check_cmd()" 0
(error) ERR Please specify at least one argument for this redis lib call script: 1124f33ad66e7866b4e0c1499a4c20fb5eb9c180, on @user_script:1.
> EVAL "return redis.acl_check_cmd('nosuch')" 0
(error) ERR Invalid command passed to redis.acl_check_cmd() script: d2491587bab5149c93be0dce4426f7a06ba9e1a1, on @user_script:1.
> EVAL "return redis.acl_check_cmd('get','x')" 0
(integer) 1
> EVAL "return tostring(redis.acl_check_cmd('get','x'))" 0
"true"
> EVAL "return redis.acl_check_cmd('get')" 0
(integer) 1
> EVAL "return redis.acl_check_cmd('set','x',{})" 0
(error) ERR Lua redis lib command arguments must be strings or integers script: 20e92d6f71c096f6429e803596cf27ee768f132b, on @user_script:1.
> EVAL "return redis.foo" 0
(nil)
> EVAL "return redis.foo()" 0
(error) ERR user_script:1: attempt to call field 'foo' (a nil value) script: 7baf0ceb8d1d225010f134fcf529d356e8b7a1e5, on @user_script:1.
