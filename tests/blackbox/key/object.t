> SET s v
OK
> OBJECT REFCOUNT s
(integer) 1
> OBJECT IDLETIME s
~ \(integer\) [0-5]
> OBJECT ENCODING s
"embstr"
> object encoding s
"embstr"
> OBJECT ENCODING missing
(nil)
> OBJECT REFCOUNT missing
(nil)
> OBJECT IDLETIME missing
(nil)
> OBJECT FREQ s
(error) ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.
> OBJECT FREQ missing
(nil)
> OBJECT ENCODING
(error) ERR wrong number of arguments for 'object|encoding' command
> OBJECT ENCODING s t
(error) ERR wrong number of arguments for 'object|encoding' command
> OBJECT REFCOUNT
(error) ERR wrong number of arguments for 'object|refcount' command
> OBJECT IDLETIME
(error) ERR wrong number of arguments for 'object|idletime' command
> OBJECT FREQ
(error) ERR wrong number of arguments for 'object|freq' command
> OBJECT unknown s
(error) ERR unknown subcommand 'unknown'. Try OBJECT HELP.
> OBJECT
(error) ERR wrong number of arguments for 'object' command
> OBJECT HELP
~ \s*1\) OBJECT <subcommand> .*
...
> OBJECT HELP x
(error) ERR wrong number of arguments for 'object|help' command

# Frequency is kept under an LFU policy only.
# config maxmemory-policy allkeys-lfu
> SET counted v
OK
> OBJECT FREQ counted
~ \(integer\) \d+
> OBJECT IDLETIME counted
(error) ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.
