> LATENCY LATEST
(empty array)
> LATENCY HISTORY command
(empty array)
> LATENCY RESET
(integer) 0
> LATENCY RESET command fork
(integer) 0
> LATENCY GRAPH command
ERR No samples available for event 'command'
> LATENCY DOCTOR
~ .+
...
> CONFIG RESETSTAT
OK
> SET k v
OK
> LATENCY HISTOGRAM set
1) "set"
2) 1) "calls"
   2) (integer) 1
   3) "histogram_usec"
...
3>
1# "set" => 
   1# "calls" => (integer) 1
~    2# "histogram_usec" => 1# \(integer\) \d+ => \(integer\) 1
> LATENCY HISTOGRAM nosuch
(empty array)
3>
(empty hash)
> LATENCY HISTOGRAM get
(empty array)
3>
(empty hash)
# config latency-tracking no
> GET k
"v"
> LATENCY HISTOGRAM get
(empty array)
3>
(empty hash)
> LATENCY HELP
~ \s*1\) LATENCY <subcommand> .*
...
> LATENCY LATEST x
(error) ERR wrong number of arguments for 'latency|latest' command
> LATENCY HISTORY
(error) ERR wrong number of arguments for 'latency|history' command
> LATENCY GRAPH
(error) ERR wrong number of arguments for 'latency|graph' command
> LATENCY DOCTOR x
(error) ERR wrong number of arguments for 'latency|doctor' command
> LATENCY HELP x
(error) ERR wrong number of arguments for 'latency|help' command
> LATENCY
(error) ERR wrong number of arguments for 'latency' command
