# raw
# What counts as a hit or a miss, once.
> SET s v\r\nCONFIG RESETSTAT\r\n
+OK
+OK
> GETEX s\r\nGETEX s EX 100\r\nGETEX s PERSIST\r\nGETEX missing EX 100\r\n
$1
v
$1
v
$1
v
$-1
> OBJECT ENCODING s\r\nOBJECT IDLETIME s\r\nOBJECT REFCOUNT s\r\n
$6
embstr
~ :\d+
:1
> OBJECT ENCODING missing\r\nOBJECT FREQ missing\r\nOBJECT IDLETIME missing\r\nOBJECT REFCOUNT missing\r\n
$-1
$-1
$-1
$-1
> INFO stats\r\n
~ \$\d+
...
keyspace_hits:6
keyspace_misses:5
...
