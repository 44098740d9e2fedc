# server --enable-debug-command yes
> DEBUG POPULATE 3
OK
# unordered
> KEYS *
1) "key:0"
2) "key:1"
3) "key:2"
> GET key:0
"value:0"
> DEBUG POPULATE 5 p
OK
> DBSIZE
(integer) 8
> DEBUG POPULATE 2 sized 10
OK
> STRLEN sized:1
(integer) 10
> GET sized:1
"value:1\x00\x00\x00"
> DEBUG POPULATE
(error) ERR unknown subcommand or wrong number of arguments for 'POPULATE'. Try DEBUG HELP.
> DEBUG POPULATE abc
(error) ERR value is out of range, must be positive
