# raw
# What a browser sends closes the connection without a word.
> POST / HTTP/1.1\r\nHost: example.org\r\n\r\n
(closed)
b> Host: example.org\r\nPING\r\n
(closed)
c> post / HTTP/1.1\r\nPING\r\n
(closed)
d> GET / HTTP/1.1\r\n
-ERR wrong number of arguments for 'get' command
