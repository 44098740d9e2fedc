# raw
# server --databases 16
> SHUTDOWN maybe\r\n
-ERR syntax error
> SHUTDOWN SAVE NOSAVE\r\n
-ERR syntax error
> SHUTDOWN ABORT\r\n
-ERR No shutdown in progress.
> SHUTDOWN ABORT NOSAVE\r\n
-ERR syntax error
> SHUTDOWN NOSAVE NOW FORCE\r\n
(closed)
