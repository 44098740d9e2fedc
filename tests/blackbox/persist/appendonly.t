# server --appendonly yes --appendfsync always --enable-debug-command yes
> SET k v EX 1000
OK
> HSET h f 1
(integer) 1
> SADD s a b c
(integer) 3
> SPOP s
~ "[abc]"
> DEBUG DIGEST
~ (?P<digest>[0-9a-f]{40})
> DEBUG LOADAOF
OK
> DEBUG DIGEST
{{digest}}
> TTL k
~ \(integer\) (999|1000)
> CONFIG GET appendonly
1) "appendonly"
2) "yes"
3>
1# "appendonly" => "yes"
> CONFIG SET appendfsync everysec
OK
> SET k w
OK
> CONFIG SET appendfsync no
OK
> SET k x
OK
> CONFIG SET appendonly no
OK
> SET k y
OK
> CONFIG SET appendonly yes
OK
# sleep 1
> SET k z
OK
> DEBUG LOADAOF
OK
> GET k
"z"
