# raw
# A save resets the count of changes and tells of itself.
> SET k v\r\n
+OK
> SAVE\r\n
+OK
> INFO persistence\r\n
~ \$\d+
~ # Persistence
...
rdb_changes_since_last_save:0
rdb_bgsave_in_progress:0
~ rdb_last_save_time:\d{10}
rdb_last_bgsave_status:ok
...
> SET k w\r\n
+OK
> INFO persistence\r\n
~ \$\d+
~ # Persistence
...
rdb_changes_since_last_save:1
...
