# The names that tools ask for, with the defaults they expect.
# Network.
# unordered
> CONFIG GET timeout tcp-keepalive tcp-backlog maxclients databases
 1) "maxclients"
 2) "10000"
 3) "tcp-backlog"
 4) "511"
 5) "tcp-keepalive"
 6) "300"
 7) "timeout"
 8) "0"
 9) "databases"
10) "16"
3>
1# "maxclients" => "10000"
2# "tcp-backlog" => "511"
3# "tcp-keepalive" => "300"
4# "timeout" => "0"
5# "databases" => "16"
# unordered
> CONFIG GET protected-mode unixsocket unixsocketperm
1) "protected-mode"
2) "yes"
3) "unixsocketperm"
4) "0"
5) "unixsocket"
6) ""
3>
1# "protected-mode" => "yes"
2# "unixsocketperm" => "0"
3# "unixsocket" => ""

# Access.
# unordered
> CONFIG GET requirepass masterauth masteruser aclfile acllog-max-len
 1) "aclfile"
 2) ""
 3) "masteruser"
 4) ""
 5) "masterauth"
 6) ""
 7) "requirepass"
 8) ""
 9) "acllog-max-len"
10) "128"
3>
1# "aclfile" => ""
2# "masteruser" => ""
3# "masterauth" => ""
4# "requirepass" => ""
5# "acllog-max-len" => "128"
# unordered
> CONFIG GET acl-pubsub-default enable-debug-command enable-module-command enable-protected-configs
1) "enable-protected-configs"
2) "no"
3) "enable-module-command"
4) "no"
5) "enable-debug-command"
6) "no"
7) "acl-pubsub-default"
8) "resetchannels"
3>
1# "enable-protected-configs" => "no"
2# "enable-module-command" => "no"
3# "enable-debug-command" => "no"
4# "acl-pubsub-default" => "resetchannels"

# Logging.
# unordered
> CONFIG GET loglevel syslog-enabled syslog-facility daemonize supervised
 1) "loglevel"
 2) "notice"
 3) "daemonize"
 4) "no"
 5) "syslog-facility"
 6) "local0"
 7) "syslog-enabled"
 8) "no"
 9) "supervised"
10) "no"
3>
1# "loglevel" => "notice"
2# "daemonize" => "no"
3# "syslog-facility" => "local0"
4# "syslog-enabled" => "no"
5# "supervised" => "no"

# Snapshots.
# unordered
> CONFIG GET dbfilename save rdbcompression rdbchecksum stop-writes-on-bgsave-error
 1) "rdbchecksum"
 2) "yes"
 3) "rdbcompression"
 4) "yes"
 5) "save"
 6) ""
 7) "dbfilename"
 8) "dump.rdb"
 9) "stop-writes-on-bgsave-error"
10) "yes"
3>
1# "rdbchecksum" => "yes"
2# "rdbcompression" => "yes"
3# "save" => ""
4# "dbfilename" => "dump.rdb"
5# "stop-writes-on-bgsave-error" => "yes"

# The append-only file.
# unordered
> CONFIG GET appendonly appendfilename appenddirname appendfsync no-appendfsync-on-rewrite
 1) "appendfilename"
 2) "appendonly.aof"
 3) "appendfsync"
 4) "everysec"
 5) "appendonly"
 6) "no"
 7) "appenddirname"
 8) "appendonlydir"
 9) "no-appendfsync-on-rewrite"
10) "no"
3>
1# "appendfilename" => "appendonly.aof"
2# "appendfsync" => "everysec"
3# "appendonly" => "no"
4# "appenddirname" => "appendonlydir"
5# "no-appendfsync-on-rewrite" => "no"
# unordered
> CONFIG GET auto-aof-rewrite-percentage auto-aof-rewrite-min-size aof-use-rdb-preamble aof-load-truncated
1) "auto-aof-rewrite-min-size"
2) "67108864"
3) "auto-aof-rewrite-percentage"
4) "100"
5) "aof-load-truncated"
6) "yes"
7) "aof-use-rdb-preamble"
8) "yes"
3>
1# "auto-aof-rewrite-min-size" => "67108864"
2# "auto-aof-rewrite-percentage" => "100"
3# "aof-load-truncated" => "yes"
4# "aof-use-rdb-preamble" => "yes"

# Memory.
# unordered
> CONFIG GET maxmemory maxmemory-policy maxmemory-samples maxmemory-eviction-tenacity maxmemory-clients
 1) "maxmemory-eviction-tenacity"
 2) "10"
 3) "maxmemory"
 4) "0"
 5) "maxmemory-samples"
 6) "5"
 7) "maxmemory-policy"
 8) "noeviction"
 9) "maxmemory-clients"
10) "0"
3>
1# "maxmemory-eviction-tenacity" => "10"
2# "maxmemory" => "0"
3# "maxmemory-samples" => "5"
4# "maxmemory-policy" => "noeviction"
5# "maxmemory-clients" => "0"
# unordered
> CONFIG GET activedefrag activerehashing replica-lazy-flush active-expire-effort
1) "activerehashing"
2) "yes"
3) "activedefrag"
4) "no"
5) "active-expire-effort"
6) "1"
7) "replica-lazy-flush"
8) "no"
3>
1# "activerehashing" => "yes"
2# "activedefrag" => "no"
3# "active-expire-effort" => "1"
4# "replica-lazy-flush" => "no"

# Timing.
# unordered
> CONFIG GET hz dynamic-hz io-threads busy-reply-threshold lua-time-limit
 1) "busy-reply-threshold"
 2) "5000"
 3) "io-threads"
 4) "1"
 5) "dynamic-hz"
 6) "yes"
 7) "hz"
 8) "10"
 9) "lua-time-limit"
10) "5000"
3>
1# "busy-reply-threshold" => "5000"
2# "io-threads" => "1"
3# "dynamic-hz" => "yes"
4# "hz" => "10"
5# "lua-time-limit" => "5000"
# unordered
> CONFIG GET shutdown-timeout
1) "shutdown-timeout"
2) "10"
3>
1# "shutdown-timeout" => "10"

# Client limits.
# unordered
> CONFIG GET client-query-buffer-limit client-output-buffer-limit proto-max-bulk-len
1) "client-query-buffer-limit"
2) "1073741824"
3) "proto-max-bulk-len"
4) "536870912"
5) "client-output-buffer-limit"
6) "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60"
3>
1# "client-query-buffer-limit" => "1073741824"
2# "proto-max-bulk-len" => "536870912"
3# "client-output-buffer-limit" => "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60"

# Monitoring.
# unordered
> CONFIG GET slowlog-log-slower-than slowlog-max-len latency-monitor-threshold latency-tracking latency-tracking-info-percentiles
 1) "latency-tracking"
 2) "yes"
 3) "latency-monitor-threshold"
 4) "0"
 5) "slowlog-max-len"
 6) "128"
 7) "slowlog-log-slower-than"
 8) "10000"
 9) "latency-tracking-info-percentiles"
10) "50 99 99.9"
3>
1# "latency-tracking" => "yes"
2# "latency-monitor-threshold" => "0"
3# "slowlog-max-len" => "128"
4# "slowlog-log-slower-than" => "10000"
5# "latency-tracking-info-percentiles" => "50 99 99.9"
# unordered
> CONFIG GET notify-keyspace-events tracking-table-max-keys
1) "tracking-table-max-keys"
2) "1000000"
3) "notify-keyspace-events"
4) ""
3>
1# "tracking-table-max-keys" => "1000000"
2# "notify-keyspace-events" => ""

# Encodings.
# unordered
> CONFIG GET hash-max-listpack-entries hash-max-listpack-value hash-max-ziplist-entries hash-max-ziplist-value set-max-intset-entries
 1) "hash-max-listpack-entries"
 2) "512"
 3) "hash-max-ziplist-value"
 4) "64"
 5) "hash-max-listpack-value"
 6) "64"
 7) "hash-max-ziplist-entries"
 8) "512"
 9) "set-max-intset-entries"
10) "512"
3>
1# "hash-max-listpack-entries" => "512"
2# "hash-max-ziplist-value" => "64"
3# "hash-max-listpack-value" => "64"
4# "hash-max-ziplist-entries" => "512"
5# "set-max-intset-entries" => "512"

# Replication.
# unordered
> CONFIG GET replicaof slaveof replica-serve-stale-data slave-serve-stale-data replica-read-only
 1) "slaveof"
 2) ""
 3) "replicaof"
 4) ""
 5) "replica-serve-stale-data"
 6) "yes"
 7) "slave-serve-stale-data"
 8) "yes"
 9) "replica-read-only"
10) "yes"
3>
1# "slaveof" => ""
2# "replicaof" => ""
3# "replica-serve-stale-data" => "yes"
4# "slave-serve-stale-data" => "yes"
5# "replica-read-only" => "yes"
# unordered
> CONFIG GET slave-read-only replica-priority slave-priority replica-announce-ip replica-announce-port
 1) "replica-announce-ip"
 2) ""
 3) "slave-priority"
 4) "100"
 5) "replica-priority"
 6) "100"
 7) "slave-read-only"
 8) "yes"
 9) "replica-announce-port"
10) "0"
3>
1# "replica-announce-ip" => ""
2# "slave-priority" => "100"
3# "replica-priority" => "100"
4# "slave-read-only" => "yes"
5# "replica-announce-port" => "0"
# unordered
> CONFIG GET repl-backlog-size repl-backlog-ttl repl-timeout repl-ping-replica-period repl-ping-slave-period
 1) "repl-backlog-ttl"
 2) "3600"
 3) "repl-ping-replica-period"
 4) "10"
 5) "repl-timeout"
 6) "60"
 7) "repl-backlog-size"
 8) "1048576"
 9) "repl-ping-slave-period"
10) "10"
3>
1# "repl-backlog-ttl" => "3600"
2# "repl-ping-replica-period" => "10"
3# "repl-timeout" => "60"
4# "repl-backlog-size" => "1048576"
5# "repl-ping-slave-period" => "10"
# unordered
> CONFIG GET repl-diskless-sync repl-diskless-sync-delay repl-disable-tcp-nodelay min-replicas-to-write min-replicas-max-lag
 1) "repl-diskless-sync-delay"
 2) "5"
 3) "min-replicas-to-write"
 4) "0"
 5) "repl-disable-tcp-nodelay"
 6) "no"
 7) "repl-diskless-sync"
 8) "yes"
 9) "min-replicas-max-lag"
10) "10"
3>
1# "repl-diskless-sync-delay" => "5"
2# "min-replicas-to-write" => "0"
3# "repl-disable-tcp-nodelay" => "no"
4# "repl-diskless-sync" => "yes"
5# "min-replicas-max-lag" => "10"

# TLS, all off.
# unordered
> CONFIG GET tls-port tls-cert-file tls-key-file tls-auth-clients tls-replication
 1) "tls-key-file"
 2) ""
 3) "tls-port"
 4) "0"
 5) "tls-cert-file"
 6) ""
 7) "tls-auth-clients"
 8) "yes"
 9) "tls-replication"
10) "no"
3>
1# "tls-key-file" => ""
2# "tls-port" => "0"
3# "tls-cert-file" => ""
4# "tls-auth-clients" => "yes"
5# "tls-replication" => "no"
# unordered
> CONFIG GET tls-cluster tls-session-caching
1) "tls-session-caching"
2) "yes"
3) "tls-cluster"
4) "no"
3>
1# "tls-session-caching" => "yes"
2# "tls-cluster" => "no"

# The process.
# unordered
> CONFIG GET oom-score-adj oom-score-adj-values set-proc-title disable-thp jemalloc-bg-thread
 1) "oom-score-adj-values"
 2) "0 200 800"
 3) "disable-thp"
 4) "yes"
 5) "set-proc-title"
 6) "yes"
 7) "oom-score-adj"
 8) "no"
 9) "jemalloc-bg-thread"
10) "yes"
3>
1# "oom-score-adj-values" => "0 200 800"
2# "disable-thp" => "yes"
3# "set-proc-title" => "yes"
4# "oom-score-adj" => "no"
5# "jemalloc-bg-thread" => "yes"
# unordered
> CONFIG GET crash-log-enabled crash-memcheck-enabled socket-mark-id
1) "crash-memcheck-enabled"
2) "yes"
3) "crash-log-enabled"
4) "yes"
5) "socket-mark-id"
6) "0"
3>
1# "crash-memcheck-enabled" => "yes"
2# "crash-log-enabled" => "yes"
3# "socket-mark-id" => "0"

# Other types, kept and given back.
# unordered
> CONFIG GET list-max-listpack-size list-max-ziplist-size list-compress-depth zset-max-listpack-entries zset-max-listpack-value
 1) "list-compress-depth"
 2) "0"
 3) "list-max-ziplist-size"
 4) "-2"
 5) "list-max-listpack-size"
 6) "-2"
 7) "zset-max-listpack-entries"
 8) "128"
 9) "zset-max-listpack-value"
10) "64"
3>
1# "list-compress-depth" => "0"
2# "list-max-ziplist-size" => "-2"
3# "list-max-listpack-size" => "-2"
4# "zset-max-listpack-entries" => "128"
5# "zset-max-listpack-value" => "64"
# unordered
> CONFIG GET zset-max-ziplist-entries zset-max-ziplist-value stream-node-max-bytes stream-node-max-entries hll-sparse-max-bytes
 1) "stream-node-max-bytes"
 2) "4096"
 3) "zset-max-ziplist-value"
 4) "64"
 5) "stream-node-max-entries"
 6) "100"
 7) "zset-max-ziplist-entries"
 8) "128"
 9) "hll-sparse-max-bytes"
10) "3000"
3>
1# "stream-node-max-bytes" => "4096"
2# "zset-max-ziplist-value" => "64"
3# "stream-node-max-entries" => "100"
4# "zset-max-ziplist-entries" => "128"
5# "hll-sparse-max-bytes" => "3000"

# Defragmentation and cluster, likewise.
# unordered
> CONFIG GET active-defrag-cycle-min active-defrag-cycle-max active-defrag-ignore-bytes active-defrag-threshold-lower active-defrag-threshold-upper
 1) "active-defrag-cycle-max"
 2) "25"
 3) "active-defrag-cycle-min"
 4) "1"
 5) "active-defrag-threshold-lower"
 6) "10"
 7) "active-defrag-ignore-bytes"
 8) "104857600"
 9) "active-defrag-threshold-upper"
10) "100"
3>
1# "active-defrag-cycle-max" => "25"
2# "active-defrag-cycle-min" => "1"
3# "active-defrag-threshold-lower" => "10"
4# "active-defrag-ignore-bytes" => "104857600"
5# "active-defrag-threshold-upper" => "100"
# unordered
> CONFIG GET active-defrag-max-scan-fields cluster-enabled cluster-config-file cluster-node-timeout cluster-require-full-coverage
 1) "cluster-enabled"
 2) "no"
 3) "active-defrag-max-scan-fields"
 4) "1000"
 5) "cluster-node-timeout"
 6) "15000"
 7) "cluster-config-file"
 8) "nodes.conf"
 9) "cluster-require-full-coverage"
10) "yes"
3>
1# "cluster-enabled" => "no"
2# "active-defrag-max-scan-fields" => "1000"
3# "cluster-node-timeout" => "15000"
4# "cluster-config-file" => "nodes.conf"
5# "cluster-require-full-coverage" => "yes"
