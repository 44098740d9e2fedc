# Sizes with units, and what is no size.
# config maxmemory-clients 0
# config hash-max-listpack-value 64
# config zset-max-listpack-value 64
# config client-query-buffer-limit 1gb
> CONFIG SET maxmemory-clients 100mb
OK
> CONFIG GET maxmemory-clients
1) "maxmemory-clients"
2) "104857600"
3>
1# "maxmemory-clients" => "104857600"
> CONFIG SET maxmemory-clients 5%
OK
> CONFIG GET maxmemory-clients
1) "maxmemory-clients"
2) "5%"
3>
1# "maxmemory-clients" => "5%"
> CONFIG SET maxmemory-clients 0%
OK
> CONFIG GET maxmemory-clients
1) "maxmemory-clients"
2) "0"
3>
1# "maxmemory-clients" => "0"
> CONFIG SET maxmemory-clients 101%
(error) ERR CONFIG SET failed (possibly related to argument 'maxmemory-clients') - percentage argument must be less or equal to 100
> CONFIG SET maxmemory-clients x
(error) ERR CONFIG SET failed (possibly related to argument 'maxmemory-clients') - argument must be a memory or percent value
> CONFIG SET hash-max-listpack-value 1kb
OK
> CONFIG GET hash-max-listpack-value
1) "hash-max-listpack-value"
2) "1024"
3>
1# "hash-max-listpack-value" => "1024"
> CONFIG SET hash-max-ziplist-value 1k
OK
> CONFIG GET hash-max-ziplist-value
1) "hash-max-ziplist-value"
2) "1000"
3>
1# "hash-max-ziplist-value" => "1000"
> CONFIG SET hash-max-listpack-value x
(error) ERR CONFIG SET failed (possibly related to argument 'hash-max-listpack-value') - argument must be a memory value
> CONFIG SET hash-max-listpack-value -1
(error) ERR CONFIG SET failed (possibly related to argument 'hash-max-listpack-value') - argument must be a memory value
> CONFIG SET zset-max-listpack-value 64b
OK
> CONFIG GET zset-max-listpack-value
1) "zset-max-listpack-value"
2) "64"
3>
1# "zset-max-listpack-value" => "64"
> CONFIG SET client-query-buffer-limit 99999999999999999999
(error) ERR CONFIG SET failed (possibly related to argument 'client-query-buffer-limit') - argument must be between 1048576 and 9223372036854775807 inclusive
> CONFIG SET client-query-buffer-limit 1kb
(error) ERR CONFIG SET failed (possibly related to argument 'client-query-buffer-limit') - argument must be between 1048576 and 9223372036854775807 inclusive
> CONFIG SET proto-max-bulk-len 99999999999999999999
(error) ERR CONFIG SET failed (possibly related to argument 'proto-max-bulk-len') - argument must be between 1048576 and 9223372036854775807 inclusive
> CONFIG SET proc-title-template ""
(error) ERR CONFIG SET failed (possibly related to argument 'proc-title-template') - template format is invalid or contains unknown variables
> CONFIG SET shutdown-on-sigterm "save nosave"
(error) ERR CONFIG SET failed (possibly related to argument 'shutdown-on-sigterm') - shutdown options SAVE and NOSAVE can't be used simultaneously
> CONFIG SET shutdown-on-sigterm "nosave force"
OK
> CONFIG GET shutdown-on-sigterm
1) "shutdown-on-sigterm"
2) "nosave force"
3>
1# "shutdown-on-sigterm" => "nosave force"
> CONFIG SET shutdown-on-sigterm default
OK
