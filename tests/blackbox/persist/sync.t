# needs thimble
# raw
# A file is given to those who ask for that alone; nobody else is kept as a replica.
> SYNC x\r\n
-ERR wrong number of arguments for 'sync' command
> SYNC\r\n
-ERR This server has no replicas. SYNC is for snapshots: say REPLCONF capa eof and REPLCONF rdb-only 1 first, as redis-cli --rdb does
> REPLCONF rdb-only 1\r\nSYNC\r\n
+OK
-ERR This server has no replicas. SYNC is for snapshots: say REPLCONF capa eof and REPLCONF rdb-only 1 first, as redis-cli --rdb does
> MULTI\r\nSYNC\r\nDISCARD\r\n
+OK
-ERR Command not allowed inside a transaction
+OK
> REPLCONF capa eof\r\n
+OK
> SYNC\r\n
~ \$EOF:[0-9a-f]{40}
~ REDIS0010.*[0-9a-f]{40}
(closed)
