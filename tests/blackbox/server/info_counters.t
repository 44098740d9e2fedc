# raw
> CONFIG RESETSTAT\r\n
+OK
> SET k v\r\n
+OK
> GET k\r\n
$1
v
> GET k\r\n
$1
v
> GET missing\r\n
$-1
> HGET k f\r\n
-WRONGTYPE Operation against a key holding the wrong kind of value
> SET gone v PX 1\r\n
+OK
# sleep 0.05
> GET gone\r\n
$-1
> INFO stats\r\n
~ \$\d+
...
expired_keys:1
...
keyspace_hits:3
keyspace_misses:2
...
total_error_replies:1
...
