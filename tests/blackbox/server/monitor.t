# raw
> MONITOR\r\n
+OK
b> SET k "v\\n\\"x"\r\n
+OK
>
~ \+\d+\.\d{6} \[0 127\.0\.0\.1:\d+\] "SET" "k" "v\\n\\"x"
b> SELECT 3\r\n
+OK
b> hget missing f\r\n
$-1
b> AUTH default secret\r\n
+OK
b> NOSUCH\r\n
-ERR unknown command 'NOSUCH', with args beginning with: 
b> HSET h\r\n
-ERR wrong number of arguments for 'hset' command
>
~ \+\d+\.\d{6} \[3 127\.0\.0\.1:\d+\] "SELECT" "3"
~ \+\d+\.\d{6} \[3 127\.0\.0\.1:\d+\] "hget" "missing" "f"
~ \+\d+\.\d{6} \[3 127\.0\.0\.1:\d+\] "AUTH" "\(redacted\)" "\(redacted\)"
# Asked again it says nothing, and one who watches may not touch keys.
> MONITOR\r\nGET k\r\n
-ERR Replica can't interact with the keyspace
> DBSIZE\r\n
-ERR Replica can't interact with the keyspace
> PING\r\n
+PONG
~ \+\d+\.\d{6} \[0 127\.0\.0\.1:\d+\] "PING"
> RESET\r\n
+RESET
> DBSIZE\r\n
:1
b> MONITOR x\r\n
-ERR wrong number of arguments for 'monitor' command
c> MONITOR\r\n
+OK
c> QUIT\r\n
+OK
(closed)
