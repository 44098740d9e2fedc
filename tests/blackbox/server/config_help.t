> CONFIG HELP
~ \s*1\) CONFIG <subcommand> .*
...
> CONFIG HELP x
(error) ERR wrong number of arguments for 'config|help' command
