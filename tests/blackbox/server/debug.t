# server --enable-debug-command yes
> DEBUG SLEEP 0
OK
> DEBUG SLEEP 0.01
OK
> SET k v
OK
> DEBUG OBJECT k
~ Value at:0x[0-9a-f]+ refcount:\d+ encoding:embstr serializedlength:\d+ lru:\d+ lru_seconds_idle:\d+
> DEBUG OBJECT missing
(error) ERR no such key
> DEBUG SET-ACTIVE-EXPIRE 0
OK
> SET gone v PX 1
OK
# sleep 0.3
> DBSIZE
(integer) 2
> GET gone
(nil)
> DBSIZE
(integer) 1
> DEBUG SET-ACTIVE-EXPIRE 1
OK
> SET gone v PX 1
OK
# sleep 0.4
> DBSIZE
(integer) 1
> DEBUG CHANGE-REPL-ID
OK
> DEBUG REPLYBUFFER PEAK-RESET-TIME NEVER
OK
> DEBUG REPLYBUFFER PEAK-RESET-TIME RESET
OK
> DEBUG PAUSE-CRON 0
OK
> DEBUG LOG hello
OK
> DEBUG nosuch
(error) ERR unknown subcommand or wrong number of arguments for 'nosuch'. Try DEBUG HELP.
> DEBUG OBJECT
(error) ERR unknown subcommand or wrong number of arguments for 'OBJECT'. Try DEBUG HELP.
> DEBUG SLEEP
(error) ERR unknown subcommand or wrong number of arguments for 'SLEEP'. Try DEBUG HELP.
> DEBUG
(error) ERR wrong number of arguments for 'debug' command
> DEBUG HELP
~ \s*1\) DEBUG <subcommand> .*
...
