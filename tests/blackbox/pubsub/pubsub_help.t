> PUBSUB HELP
 1) PUBSUB <subcommand> [<arg> [value] [opt] ...]. Subcommands are:
...
> PUBSUB HELP x
(error) ERR wrong number of arguments for 'pubsub|help' command
