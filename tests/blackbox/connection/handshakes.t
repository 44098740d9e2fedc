# raw
# The first words of clients, as they send them. An error must keep the connection and the count.
# What redis-py sends with RESP3.
> HELLO 3\r\nCLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type internal-ip\r\n
%7
...
~ -ERR .*
> PING\r\n
+PONG

# What ioredis asks before it is ready.
b> INFO\r\n
~ \$\d+
...
loading:0
...
b> PING\r\n
+PONG

# A client of a cluster finds none.
c> CLUSTER SLOTS\r\nCLUSTER INFO\r\nCLUSTER NODES\r\nCLUSTER SHARDS\r\nCLUSTER MYID\r\nCLUSTER KEYSLOT k\r\nPING\r\n
-ERR This instance has cluster support disabled
-ERR This instance has cluster support disabled
-ERR This instance has cluster support disabled
-ERR This instance has cluster support disabled
-ERR This instance has cluster support disabled
-ERR This instance has cluster support disabled
+PONG
c> CLUSTER\r\nASKING\r\nPING\r\n
-ERR wrong number of arguments for 'cluster' command
~ -ERR .*
+PONG
