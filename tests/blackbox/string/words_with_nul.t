# raw
# A NUL ends the word of an option.
> SET k v "EX\\x00foo" 10\r\n
+OK
> TTL k\r\n
:10
> SET k v "KEEPTTL\\x00"\r\n
+OK
> EXPIRE k 100 "NX\\x00y"\r\n
:0
> SADD s 2 1 3\r\n
:3
> SORT s "ALPHA\\x00" "DESC\\x00z"\r\n
*3
$1
3
$1
2
$1
1
> SSCAN s 0 "COUNT\\x00" 10\r\n
*2
$1
0
*3
$1
1
$1
2
$1
3
> SET k v "E\\x00X" 10\r\n
-ERR syntax error
> HRANDFIELD h 1 "WITHVALUES\\x00"\r\n
*0
> COPY k k2 "REPLACE\\x00"\r\n
:1
> SINTERCARD 1 s "LIMIT\\x00" 1\r\n
:1
> CLIENT TRACKING "ON\\x00x"\r\n
+OK
> CLIENT TRACKING "OFF\\x00x"\r\n
+OK
> CLIENT LIST TYPE "master\\x00x"\r\n
$0
(empty)
> SCAN 0 TYPE "set\\x00x" MATCH s\r\n
*2
$1
0
*1
$1
s
> COMMAND GETKEYS SORT k "STORE\\x00" d\r\n
*2
$1
k
$1
d
> COMMAND GETKEYS MIGRATE h 1 "" 0 1 "AUTH\\x00" keys "KEYS\\x00" a b\r\n
*2
$1
a
$1
b
> COMMAND GETKEYS SINTERCARD 1e400 s1 s3\r\n
*1
$2
s1
> COMMAND GETKEYS SINTERCARD " +2x" s1 s3\r\n
*2
$2
s1
$2
s3
> COMMAND GETKEYS SINTERCARD x s1 s3\r\n
-ERR Invalid arguments specified for command
> COMMAND GETKEYS EVAL script 4294967297 s1 s3\r\n
*1
$2
s1
> HELLO 3 AUTH default x "\\x00\\x01"\r\n
-ERR Syntax error in HELLO option ''
> HELLO 3 "a\\x00\\x01"\r\n
-ERR Syntax error in HELLO option 'a'
