# raw
> PING\r\n
+PONG
> PING\n
+PONG
> ping\r\n
+PONG
> \r\n\r\nPING\r\n
+PONG
>   PING   hello  \r\n
$5
hello
> SET k "two words"\r\n
+OK
> GET k\r\n
$9
two words
> SET k "\\x41\\n\\t\\""\r\n
+OK
> GET k\r\n
$4
A\n\t"
> SET k 'single \\' quote \\n'\r\n
+OK
> GET k\r\n
$17
single ' quote \n
> SET k ""\r\n
+OK
> GET k\r\n
$0
(empty)




# Split at awkward places.
> PI
> NG\r
> \n
+PONG
> *1\r\n$4\r
> \nPI
> NG\r\nPING\r\n
+PONG
+PONG

# Unbalanced quotes close the connection.
> SET k "open\r\n
-ERR Protocol error: unbalanced quotes in request
(closed)
b> SET k 'open\r\n
-ERR Protocol error: unbalanced quotes in request
(closed)
c> SET k "closed"too\r\n
-ERR Protocol error: unbalanced quotes in request
(closed)
