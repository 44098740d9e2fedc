> MODULE LIST
(empty array)
> MODULE HELP
~ \s*1\) MODULE <subcommand> .*
...
> MODULE
(error) ERR wrong number of arguments for 'module' command
> MODULE LIST x
(error) ERR wrong number of arguments for 'module|list' command
