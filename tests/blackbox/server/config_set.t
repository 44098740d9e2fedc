# config maxmemory 0
# config maxmemory-policy noeviction
# config timeout 0
# config hash-max-listpack-entries 512
# config slowlog-max-len 128
> CONFIG SET maxmemory 100mb
OK
> CONFIG GET maxmemory
1) "maxmemory"
2) "104857600"
3>
1# "maxmemory" => "104857600"
> CONFIG SET maxmemory 1gb maxmemory-policy allkeys-lru
OK
# unordered
> CONFIG GET maxmemory maxmemory-policy
1) "maxmemory"
2) "1073741824"
3) "maxmemory-policy"
4) "allkeys-lru"
3>
1# "maxmemory" => "1073741824"
2# "maxmemory-policy" => "allkeys-lru"
> config set MAXMEMORY 0 maxmemory-policy noeviction
OK

# Units: k is 1000, kb is 1024.
> CONFIG SET maxmemory 1k
OK
> CONFIG GET maxmemory
1) "maxmemory"
2) "1000"
3>
1# "maxmemory" => "1000"
> CONFIG SET maxmemory 1KB
OK
> CONFIG GET maxmemory
1) "maxmemory"
2) "1024"
3>
1# "maxmemory" => "1024"
> CONFIG SET maxmemory 0
OK

# One spelling changes the other.
> CONFIG SET hash-max-ziplist-entries 17
OK
> CONFIG GET hash-max-listpack-entries
1) "hash-max-listpack-entries"
2) "17"
3>
1# "hash-max-listpack-entries" => "17"

# All or nothing.
> CONFIG SET timeout 33 nosuch 1
(error) ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'
> CONFIG SET timeout 33 maxmemory-policy nosuch
~ \(error\) ERR CONFIG SET failed \(possibly related to argument 'maxmemory-policy'\) - argument\(s\) must be one of the following: .*
> CONFIG GET timeout
1) "timeout"
2) "0"
3>
1# "timeout" => "0"

> CONFIG SET nosuch 1
(error) ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'
> CONFIG SET timeout
(error) ERR wrong number of arguments for 'config|set' command
> CONFIG SET timeout 1 slowlog-max-len
(error) ERR syntax error
> CONFIG SET timeout 1 timeout 2
(error) ERR CONFIG SET failed (possibly related to argument 'timeout') - duplicate parameter
> CONFIG SET timeout abc
(error) ERR CONFIG SET failed (possibly related to argument 'timeout') - argument couldn't be parsed into an integer
> CONFIG SET timeout -1
(error) ERR CONFIG SET failed (possibly related to argument 'timeout') - argument must be between 0 and 2147483647 inclusive
> CONFIG SET maxmemory abc
(error) ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value
> CONFIG SET maxmemory -1
(error) ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value
> CONFIG SET maxmemory-policy nosuch
~ \(error\) ERR CONFIG SET failed \(possibly related to argument 'maxmemory-policy'\) - argument\(s\) must be one of the following: .*
> CONFIG SET appendonly maybe
(error) ERR CONFIG SET failed (possibly related to argument 'appendonly') - argument must be 'yes' or 'no'
> CONFIG SET databases 4
(error) ERR CONFIG SET failed (possibly related to argument 'databases') - can't set immutable config
> CONFIG SET hz abc
(error) ERR CONFIG SET failed (possibly related to argument 'hz') - argument couldn't be parsed into an integer
> CONFIG SET slowlog-max-len 9223372036854775808
(error) ERR CONFIG SET failed (possibly related to argument 'slowlog-max-len') - argument couldn't be parsed into an integer
> CONFIG SET
(error) ERR wrong number of arguments for 'config|set' command
> CONFIG GET timeout
1) "timeout"
2) "0"
3>
1# "timeout" => "0"
