# There is no cluster, and every subcommand says so.
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
> CLUSTER LINKS
(error) ERR This instance has cluster support disabled
> CLUSTER COUNTKEYSINSLOT 0
(error) ERR This instance has cluster support disabled
> CLUSTER GETKEYSINSLOT 0 1
(error) ERR This instance has cluster support disabled
> CLUSTER COUNT-FAILURE-REPORTS x
(error) ERR This instance has cluster support disabled
> CLUSTER REPLICAS x
(error) ERR This instance has cluster support disabled
> CLUSTER SLAVES x
(error) ERR This instance has cluster support disabled
> CLUSTER ADDSLOTS 0
(error) ERR This instance has cluster support disabled
> CLUSTER ADDSLOTSRANGE 0 1
(error) ERR This instance has cluster support disabled
> CLUSTER DELSLOTS 0
(error) ERR This instance has cluster support disabled
> CLUSTER DELSLOTSRANGE 0 1
(error) ERR This instance has cluster support disabled
> CLUSTER FLUSHSLOTS
(error) ERR This instance has cluster support disabled
> CLUSTER SETSLOT 0 STABLE
(error) ERR This instance has cluster support disabled
> CLUSTER SET-CONFIG-EPOCH 1
(error) ERR This instance has cluster support disabled
> CLUSTER BUMPEPOCH
(error) ERR This instance has cluster support disabled
> CLUSTER MEET 127.0.0.1 1
(error) ERR This instance has cluster support disabled
> CLUSTER FORGET x
(error) ERR This instance has cluster support disabled
> CLUSTER REPLICATE x
(error) ERR This instance has cluster support disabled
> CLUSTER FAILOVER
(error) ERR This instance has cluster support disabled
> CLUSTER RESET
(error) ERR This instance has cluster support disabled
> CLUSTER SAVECONFIG
(error) ERR This instance has cluster support disabled
> CLUSTER HELP
(error) ERR This instance has cluster support disabled

> CLUSTER
(error) ERR wrong number of arguments for 'cluster' command
> CLUSTER nosuch
(error) ERR unknown subcommand 'nosuch'. Try CLUSTER HELP.
> CLUSTER KEYSLOT
(error) ERR wrong number of arguments for 'cluster|keyslot' command
> CLUSTER INFO x
(error) ERR wrong number of arguments for 'cluster|info' command
> CLUSTER SETSLOT 0
(error) ERR wrong number of arguments for 'cluster|setslot' command
