# needs 7.2
# raw
> CLIENT SETINFO LIB-NAME my-lib\r\n
+OK
> CLIENT SETINFO LIB-VER 1.2\r\n
+OK
> CLIENT INFO\r\n
~ \$\d+
~ id=.* lib-name=my-lib lib-ver=1\.2.*\\n
