> CLIENT HELP
~ \s*1\) CLIENT <subcommand> .*
...
~ .*\) ID.*
...
> CLIENT HELP x
(error) ERR wrong number of arguments for 'client|help' command
