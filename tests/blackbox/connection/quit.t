# raw
# QUIT answers, then closes; what follows it in the same packet is not run.
> SET k v\r\nQUIT\r\nSET k w\r\n
+OK
+OK
(closed)
b> GET k\r\n
$1
v
b> QUIT now\r\n
+OK
(closed)
