# Errors repeat a subcommand as it was typed, keys are found behind options as they come.
> pubsub Channels a b
(error) ERR unknown subcommand or wrong number of arguments for 'Channels'. Try PUBSUB HELP.
> PUBSUB shardChannels a b
(error) ERR unknown subcommand or wrong number of arguments for 'shardChannels'. Try PUBSUB HELP.
> slowlog get 1 2
(error) ERR unknown subcommand or wrong number of arguments for 'get'. Try SLOWLOG HELP.
> function flush a b
(error) ERR unknown subcommand or wrong number of arguments for 'flush'. Try FUNCTION HELP.
> FUNCTION Restore a b c
(error) ERR unknown subcommand or wrong number of arguments for 'Restore'. Try FUNCTION HELP.
> CLIENT PAUSE 1 write x
(error) ERR unknown subcommand or wrong number of arguments for 'PAUSE'. Try CLIENT HELP.
> client Unblock 1 error x
(error) ERR unknown subcommand or wrong number of arguments for 'Unblock'. Try CLIENT HELP.
> COMMAND GETKEYSANDFLAGS SET get v
1) 1) "get"
   2) 1) OW
      2) update
3>
1) 1) "get"
   2) 1~ OW
      2~ update
> COMMAND GETKEYSANDFLAGS SET k get
1) 1) "k"
   2) 1) OW
      2) update
3>
1) 1) "k"
   2) 1~ OW
      2~ update
> COMMAND GETKEYSANDFLAGS SET k v GET
1) 1) "k"
   2) 1) RW
      2) access
      3) update
3>
1) 1) "k"
   2) 1~ RW
      2~ access
      3~ update
> COMMAND GETKEYS SORT k GET store DESC
1) "k"
> COMMAND GETKEYS SORT k LIMIT store 1 STORE d BY store STORE e
1) "k"
2) "e"
