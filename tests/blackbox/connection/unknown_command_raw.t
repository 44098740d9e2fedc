# raw
# Names that redis-cli would not send.
> *1\r\n$0\r\n\r\n
-ERR unknown command '', with args beginning with: 
> *2\r\n$3\r\n123\r\n$1\r\na\r\n
-ERR unknown command '123', with args beginning with: 'a' 
> *2\r\n$6\r\nCLIENT\r\n$0\r\n\r\n
-ERR unknown subcommand ''. Try CLIENT HELP.
> *2\r\n$4\r\nA\x00B\xff\r\n$2\r\n\r\n\r\n
-ERR unknown command 'A', with args beginning with: '  ' 
> *3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\na\r\nb\x00\r\n
+OK
> STRLEN k\r\n
:5
