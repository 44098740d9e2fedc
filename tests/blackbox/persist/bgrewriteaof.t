> SET k v
OK
> BGREWRITEAOF
Background append only file rewriting started
# sleep 1
> bgrewriteaof
Background append only file rewriting started
# sleep 1
> BGREWRITEAOF now
(error) ERR wrong number of arguments for 'bgrewriteaof' command
