# There is no cluster.
> CLUSTER INFO
ERR This instance has cluster support disabled
> CLUSTER SLOTS
(error) ERR This instance has cluster support disabled
> CLUSTER SHARDS
(error) ERR This instance has cluster support disabled
> CLUSTER NODES
ERR This instance has cluster support disabled
> CLUSTER MYID
(error) ERR This instance has cluster support disabled
> CLUSTER KEYSLOT k
(error) ERR This instance has cluster support disabled
> CLUSTER
(error) ERR wrong number of arguments for 'cluster' command
> CLUSTER nosuch
(error) ERR unknown subcommand 'nosuch'. Try CLUSTER HELP.
