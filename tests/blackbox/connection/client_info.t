# raw
> CLIENT SETNAME me\r\n
+OK
> SELECT 3\r\n
+OK
> CLIENT INFO\r\n
~ \$\d+
~ id=[1-9]\d* addr=127\.0\.0\.1:\d+ laddr=127\.0\.0\.1:\d+ fd=\d+ name=me age=\d+ idle=\d+ flags=N db=3 sub=0 psub=0 ssub=0 multi=-1 .*qbuf=\d+ qbuf-free=\d+ argv-mem=\d+ multi-mem=0 .*rbs=\d+ rbp=\d+ obl=0 oll=0 omem=0 tot-mem=\d+ events=r cmd=client\|info user=default redir=-1 resp=2.*\\n
> HELLO 3\r\n
...
> CLIENT INFO\r\n
~ =\d+
~ txt:id=.* cmd=client\|info user=default redir=-1 resp=3.*\\n
> CLIENT INFO x\r\n
-ERR wrong number of arguments for 'client|info' command
