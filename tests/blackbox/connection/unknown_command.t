> FOO
(error) ERR unknown command 'FOO', with args beginning with: 
> foo a b
(error) ERR unknown command 'foo', with args beginning with: 'a' 'b' 
> FOO "" "with space"
(error) ERR unknown command 'FOO', with args beginning with: '' 'with space' 
> FOO "a'b" "x\r\ny"
(error) ERR unknown command 'FOO', with args beginning with: 'a'b' 'x  y' 
> FOO {{x*200}} y
(error) ERR unknown command 'FOO', with args beginning with: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' 
> FOO {{arg# *60}}
(error) ERR unknown command 'FOO', with args beginning with: 'arg1' 'arg2' 'arg3' 'arg4' 'arg5' 'arg6' 'arg7' 'arg8' 'arg9' 'arg10' 'arg11' 'arg12' 'arg13' 'arg14' 'arg15' 'arg16' 'arg17' 'a' 
> {{n*200}} a
(error) ERR unknown command 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn', with args beginning with: 'a' 
> "with space" a
(error) ERR unknown command 'with space', with args beginning with: 'a' 
> "new\r\nline" a
(error) ERR unknown command 'new  line', with args beginning with: 'a' 
> HGETT h f
(error) ERR unknown command 'HGETT', with args beginning with: 'h' 'f' 

# Subcommands.
> CLIENT
(error) ERR wrong number of arguments for 'client' command
> CLIENT foo
(error) ERR unknown subcommand 'foo'. Try CLIENT HELP.
> CONFIG foo bar
(error) ERR unknown subcommand 'foo'. Try CONFIG HELP.
> OBJECT foo
(error) ERR unknown subcommand 'foo'. Try OBJECT HELP.
> MEMORY foo
(error) ERR unknown subcommand 'foo'. Try MEMORY HELP.
> SLOWLOG foo
(error) ERR unknown subcommand 'foo'. Try SLOWLOG HELP.
> LATENCY foo
(error) ERR unknown subcommand 'foo'. Try LATENCY HELP.
> COMMAND foo
(error) ERR unknown subcommand 'foo'. Try COMMAND HELP.
> MODULE foo
(error) ERR unknown subcommand 'foo'. Try MODULE HELP.
> CLIENT "a'b"
(error) ERR unknown subcommand 'a'b'. Try CLIENT HELP.
> CLIENT {{x*200}}
(error) ERR unknown subcommand 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'. Try CLIENT HELP.
