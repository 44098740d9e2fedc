> SCRIPT LOAD "return redis.call('set','x',1)"
"4cb91861d207e5689edc816618ab68f9d6de3b44"
> EVALSHA_RO 4cb91861d207e5689edc816618ab68f9d6de3b44 0
(error) ERR Write commands are not allowed from read-only scripts. script: 4cb91861d207e5689edc816618ab68f9d6de3b44, on @user_script:1.
> SCRIPT LOAD "return 1"
"e0e1f9fabfc9d4800c877a703b823ac0578ff8db"
> EVALSHA_RO e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
(integer) 1
> EVALSHA_RO e0e1f9fabfc9d4800c877a703b823ac0578ff8db x
(error) ERR value is not an integer or out of range
> EVALSHA_RO short 0
(error) NOSCRIPT No matching script. Please use EVAL.
