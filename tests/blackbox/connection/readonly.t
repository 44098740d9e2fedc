# needs valkey
# Cluster clients send these to every server; a server without a cluster agrees, as Valkey does.
> READONLY
OK
> READWRITE
OK
> READONLY now
(error) ERR wrong number of arguments for 'readonly' command
> READWRITE now
(error) ERR wrong number of arguments for 'readwrite' command
