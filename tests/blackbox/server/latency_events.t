# server --enable-debug-command yes --latency-monitor-threshold 50
> DEBUG SLEEP 0.1
OK
> LATENCY LATEST
1) 1) "command"
~    2\) \(integer\) \d{10}
~    3\) \(integer\) \d\d\d+
~    4\) \(integer\) \d\d\d+
> LATENCY HISTORY command
~ 1\) 1\) \(integer\) \d{10}
~    2\) \(integer\) \d\d\d+
> LATENCY GRAPH command
~ .*command - high.*
...
> LATENCY RESET command
(integer) 1
> LATENCY LATEST
(empty array)
