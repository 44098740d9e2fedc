# The first line may say what a script does.
> EVAL "#!lua\nreturn 1" 0
(integer) 1
> EVAL "#!lua flags=no-writes,allow-stale,no-cluster,allow-oom,allow-cross-slot-keys\nreturn 1" 0
(integer) 1
> EVAL "#!lua flags=\nreturn 1" 0
(integer) 1
> EVAL "#!lua  flags=no-writes   flags=allow-oom\nreturn 1" 0
(integer) 1
> EVAL "#!lua flags=no-writes\nreturn redis.call('get','x')" 0
(nil)
> EVAL "#!lua flags=no-writes\nreturn redis.call('set','x',1)" 0
(error) ERR Write commands are not allowed from read-only scripts. script: 0da8acfc3df79811000ffcaca482af70e298d476, on @user_script:2.
> EVAL "#!lua flags=no-writes\nreturn redis.pcall('set','x',1)" 0
(error) ERR Write commands are not allowed from read-only scripts.
> EVAL "#!lua\nreturn undefined" 0
(error) ERR user_script:2: Script attempted to access nonexistent global variable 'undefined' script: 8aec88ac0b264a02ec2ec976d211fc335c8b9be5, on @user_script:2.
> EVAL "#!lua\nnot lua" 0
(error) ERR Error compiling script (new function): user_script:2: unexpected symbol near 'not'
> EVAL "#!lua flags=bogus\nreturn 1" 0
(error) ERR Unexpected flag in script shebang: bogus
> EVAL "#!lua flags=no-writes,\nreturn 1" 0
(error) ERR Unexpected flag in script shebang: 
> EVAL "#!lua flags=,no-writes\nreturn 1" 0
(error) ERR Unexpected flag in script shebang: 
> EVAL "#!lua other=1\nreturn 1" 0
(error) ERR Unknown lua shebang option: other=1
> EVAL "#!lua flags=\"no-writes\nreturn 1" 0
(error) ERR Invalid engine in script shebang
> EVAL "#!lua" 0
(error) ERR Invalid script shebang
> EVAL "#!python\nreturn 1" 0
(error) ERR Unexpected engine in script shebang: #!python
> EVAL "#! lua\nreturn 1" 0
(error) ERR Unexpected engine in script shebang: #!
> SCRIPT LOAD "#!lua flags=bogus\nreturn 1"
(error) ERR Unexpected flag in script shebang: bogus
# Memory above maxmemory.
> SET filler {{x*100000}}
OK
# config maxmemory 100000
> EVAL "return 1" 0
(integer) 1
> EVAL "return redis.call('set','a',1)" 0
(error) OOM command not allowed when used memory > 'maxmemory'. script: 119b0beb461d5982ddacc6dda6829882d5e16b4d, on @user_script:1.
> EVAL "return redis.pcall('set','a',1)" 0
(error) OOM command not allowed when used memory > 'maxmemory'.
> EVAL "redis.call('del','none') return redis.call('set','a',1)" 0
OK
> EVAL "#!lua\nreturn 1" 0
(error) OOM command not allowed when used memory > 'maxmemory'.
> EVAL "#!lua flags=allow-oom\nreturn redis.call('set','a',1)" 0
OK
> EVAL "#!lua flags=no-writes\nreturn 1" 0
(integer) 1
> EVAL_RO "return 1" 0
(integer) 1
> SCRIPT LOAD "return 2"
"7f923f79fe76194c868d7e1d0820de36700eb649"
