# raw
# MONITOR shows a script before what it calls.
b> MONITOR\r\n
+OK
> *5\r\n$4\r\nEVAL\r\n$59\r\nredis.call("SET",KEYS[1],ARGV[1]) return redis.pcall("GET")\r\n$1\r\n1\r\n$1\r\nk\r\n$1\r\nv\r\n
-ERR Wrong number of args calling Redis command from script
b>
~ \+\d+\.\d+ \[0 127\.0\.0\.1:\d+\] "EVAL" .* "1" "k" "v"
~ \+\d+\.\d+ \[0 lua\] "SET" "k" "v"
