# raw
# What exporters and clients look for, section by section.
> INFO server\r\n
~ \$\d+
~ # Server
...
~ os:.+
...
~ multiplexing_api:.+
...
~ executable:/.+
~ config_file:.*
...
> INFO clients\r\n
~ \$\d+
~ # Clients
...
maxclients:10000
~ client_recent_max_input_buffer:\d+
~ client_recent_max_output_buffer:\d+
blocked_clients:0
tracking_clients:0
...
> INFO memory\r\n
~ \$\d+
~ # Memory
~ used_memory:[1-9]\d*
...
~ used_memory_rss:[1-9]\d*
...
~ used_memory_peak:[1-9]\d*
...
~ used_memory_overhead:\d+
~ used_memory_startup:\d+
~ used_memory_dataset:\d+
...
~ total_system_memory:[1-9]\d*
...
~ used_memory_lua:\d+
...
maxmemory:0
maxmemory_human:0B
maxmemory_policy:noeviction
...
~ mem_fragmentation_ratio:[\d.]+
...
~ mem_clients_normal:\d+
...
~ mem_allocator:.+
...
~ lazyfree_pending_objects:\d+
~ lazyfreed_objects:\d+
(empty)
> INFO persistence\r\n
~ \$\d+
~ # Persistence
loading:0
async_loading:0
...
~ rdb_changes_since_last_save:\d+
rdb_bgsave_in_progress:0
~ rdb_last_save_time:\d+
rdb_last_bgsave_status:ok
...
aof_enabled:0
aof_rewrite_in_progress:0
...
> INFO stats\r\n
~ \$\d+
~ # Stats
...
~ instantaneous_ops_per_sec:\d+
~ total_net_input_bytes:\d+
~ total_net_output_bytes:\d+
...
rejected_connections:0
...
~ expired_keys:\d+
...
~ evicted_keys:\d+
...
~ keyspace_hits:\d+
~ keyspace_misses:\d+
pubsub_channels:0
pubsub_patterns:0
...
~ total_error_replies:\d+
...
> INFO replication\r\n
~ \$\d+
~ # Replication
role:master
connected_slaves:0
...
~ master_replid:[0-9a-f]{40}
...
master_repl_offset:0
...
> INFO cpu\r\n
~ \$\d+
~ # CPU
~ used_cpu_sys:[\d.]+
~ used_cpu_user:[\d.]+
...
