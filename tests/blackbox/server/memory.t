> HSET h f v
(integer) 1
> SADD s {{# *100}}
(integer) 100
> SET k v
OK
> MEMORY USAGE h
~ \(integer\) [1-9]\d*
> MEMORY USAGE s SAMPLES 0
~ \(integer\) [1-9]\d*
> MEMORY USAGE k samples 5
~ \(integer\) [1-9]\d*
> MEMORY USAGE missing
(nil)
> MEMORY USAGE k SAMPLES -1
(error) ERR syntax error
> MEMORY USAGE k SAMPLES abc
(error) ERR value is not an integer or out of range
> MEMORY USAGE k SAMPLES
(error) ERR syntax error
> MEMORY USAGE k nosuch
(error) ERR syntax error
> MEMORY USAGE
(error) ERR wrong number of arguments for 'memory|usage' command
> MEMORY DOCTOR
~ "?.+
...
> MEMORY PURGE
OK
> MEMORY MALLOC-STATS
~ .+
...
> MEMORY STATS
~ .*"peak\.allocated".*
...
~ .*"dataset\.bytes".*
...
> MEMORY HELP
~ \s*1\) MEMORY <subcommand> .*
...
> MEMORY DOCTOR x
ERR wrong number of arguments for 'memory|doctor' command
> MEMORY PURGE x
(error) ERR wrong number of arguments for 'memory|purge' command
> MEMORY STATS x
(error) ERR wrong number of arguments for 'memory|stats' command
> MEMORY MALLOC-STATS x
ERR wrong number of arguments for 'memory|malloc-stats' command
> MEMORY HELP x
(error) ERR wrong number of arguments for 'memory|help' command
> MEMORY
(error) ERR wrong number of arguments for 'memory' command
