> ECHO hello
"hello"
> ECHO ""
""
> ECHO "\x00\xff"
"\x00\xff"
> ECHO
(error) ERR wrong number of arguments for 'echo' command
> ECHO a b
(error) ERR wrong number of arguments for 'echo' command
