# SCRIPT and its subcommands, but for what a running script shows.
> SCRIPT LOAD "return 1"
"e0e1f9fabfc9d4800c877a703b823ac0578ff8db"
> SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0000000000000000000000000000000000000000 E0E1F9FABFC9D4800C877A703B823AC0578FF8DB x
1) (integer) 1
2) (integer) 0
3) (integer) 1
4) (integer) 0
> SCRIPT FLUSH
OK
> SCRIPT EXISTS e0e1f9fabfc9d4800c877a703b823ac0578ff8db
1) (integer) 0
> EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
(error) NOSCRIPT No matching script. Please use EVAL.
> EVAL "return 1" 0
(integer) 1
> EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
(integer) 1
> SCRIPT FLUSH SYNC
OK
> SCRIPT FLUSH async
OK
> SCRIPT FLUSH other
(error) ERR SCRIPT FLUSH only support SYNC|ASYNC option
> SCRIPT FLUSH SYNC ASYNC
(error) ERR SCRIPT FLUSH only support SYNC|ASYNC option
> SCRIPT EXISTS
(error) ERR wrong number of arguments for 'script|exists' command
> SCRIPT LOAD
(error) ERR wrong number of arguments for 'script|load' command
> SCRIPT LOAD "not lua"
(error) ERR Error compiling script (new function): user_script:1: unexpected symbol near 'not'
> SCRIPT KILL
(error) NOTBUSY No scripts in execution right now.
> SCRIPT KILL now
(error) ERR wrong number of arguments for 'script|kill' command
> SCRIPT other
(error) ERR unknown subcommand 'other'. Try SCRIPT HELP.
> SCRIPT
(error) ERR wrong number of arguments for 'script' command
> SCRIPT HELP x
(error) ERR wrong number of arguments for 'script|help' command
> SCRIPT HELP
~ \s*1\) SCRIPT <subcommand> .*
...
