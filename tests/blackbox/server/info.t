# raw
# The sections in their order, a line per field.
> INFO\r\n
~ \$\d+
~ # Server
~ redis_version:\d+\.\d+\.\d+
...
redis_mode:standalone
...
~ arch_bits:(32|64)
...
~ process_id:\d+
...
~ run_id:[0-9a-f]{40}
~ tcp_port:\d+
...
~ uptime_in_seconds:\d+
~ uptime_in_days:0
hz:10
...
(empty)
~ # Clients
~ connected_clients:[1-9]\d*
...
(empty)
~ # Memory
~ used_memory:\d+
~ used_memory_human:[\d.]+[BKMG]
...
(empty)
~ # Persistence
loading:0
...
(empty)
~ # Stats
~ total_connections_received:\d+
~ total_commands_processed:\d+
...
(empty)
~ # Replication
role:master
connected_slaves:0
...
(empty)
~ # CPU
~ used_cpu_sys:[\d.]+
~ used_cpu_user:[\d.]+
...
(empty)
~ # Modules
...
(empty)
~ # Errorstats
...
(empty)
~ # Cluster
cluster_enabled:0
(empty)
~ # Keyspace
...

# One section, several, none, by any case.
> INFO cluster\r\n
~ \$\d+
~ # Cluster
cluster_enabled:0
(empty)
> INFO CLUSTER clients\r\n
~ \$\d+
~ # Clients
...
(empty)
~ # Cluster
cluster_enabled:0
(empty)
> INFO nosuch\r\n
$0
(empty)
> INFO nosuch cluster\r\n
~ \$\d+
~ # Cluster
cluster_enabled:0
(empty)

# Keys are counted by database.
> SET a 1\r\n
+OK
> SET b 2 EX 100\r\n
+OK
> SELECT 3\r\n
+OK
> HSET h f v\r\n
:1
> INFO keyspace\r\n
~ \$\d+
~ # Keyspace
~ db0:keys=2,expires=1,avg_ttl=\d+.*
~ db3:keys=1,expires=0,avg_ttl=0.*
(empty)

# Command and error statistics come with ALL.
> CONFIG RESETSTAT\r\n
+OK
> GET h\r\n
-WRONGTYPE Operation against a key holding the wrong kind of value
> GET\r\n
-ERR wrong number of arguments for 'get' command
> NOSUCH\r\n
-ERR unknown command 'NOSUCH', with args beginning with: 
> INFO commandstats\r\n
~ \$\d+
~ # Commandstats
...
~ cmdstat_get:calls=1,usec=\d+,usec_per_call=[\d.]+,rejected_calls=1,failed_calls=1
...
> INFO errorstats\r\n
~ \$\d+
~ # Errorstats
errorstat_ERR:count=2
errorstat_WRONGTYPE:count=1
(empty)
> INFO latencystats\r\n
~ \$\d+
~ # Latencystats
...
~ latency_percentiles_usec_get:p50=[\d.]+,p99=[\d.]+,p99\.9=[\d.]+
...
> INFO all\r\n
~ \$\d+
~ # Server
...
~ # Commandstats
...
~ # Latencystats
...
~ # Keyspace
...
> INFO everything\r\n
~ \$\d+
~ # Server
...
~ # Commandstats
...
> INFO default\r\n
~ \$\d+
~ # Server
...
~ # Keyspace
...

# Verbatim text in RESP3.
> HELLO 3\r\n
%7
...
> INFO cluster\r\n
~ =\d+
~ txt:# Cluster
cluster_enabled:0
(empty)
