> CONFIG GET maxmemory
1) "maxmemory"
2) "0"
3>
1# "maxmemory" => "0"
> config get MAXMEMORY
1) "MAXMEMORY"
2) "0"
3>
1# "MAXMEMORY" => "0"
> CONFIG GET maxmemory-p*
1) "maxmemory-policy"
2) "noeviction"
3>
1# "maxmemory-policy" => "noeviction"
> CONFIG GET nosuch
(empty array)
3>
(empty hash)
# unordered
> CONFIG GET hz timeout
1) "hz"
2) "10"
3) "timeout"
4) "0"
3>
1# "hz" => "10"
2# "timeout" => "0"
# unordered
> CONFIG GET hz h?
1) "hz"
2) "10"
3>
1# "hz" => "10"
> CONFIG GET hash-max-listpack-entries
1) "hash-max-listpack-entries"
2) "512"
3>
1# "hash-max-listpack-entries" => "512"
> CONFIG GET hash-max-ziplist-entries
1) "hash-max-ziplist-entries"
2) "512"
3>
1# "hash-max-ziplist-entries" => "512"

# A pattern finds both spellings.
# unordered
> CONFIG GET hash-max-*ist*
1) "hash-max-ziplist-value"
2) "64"
3) "hash-max-listpack-value"
4) "64"
5) "hash-max-ziplist-entries"
6) "512"
7) "hash-max-listpack-entries"
8) "512"
3>
1# "hash-max-ziplist-value" => "64"
2# "hash-max-listpack-value" => "64"
3# "hash-max-ziplist-entries" => "512"
4# "hash-max-listpack-entries" => "512"
> CONFIG GET databases
1) "databases"
2) "16"
3>
1# "databases" => "16"
> CONFIG GET save
1) "save"
2) ""
3>
1# "save" => ""
> CONFIG GET
(error) ERR wrong number of arguments for 'config|get' command
