# raw
# A function past its time.
# config busy-reply-threshold 50
> *3\r\n$8\r\nFUNCTION\r\n$4\r\nLOAD\r\n$84\r\n#!lua name=spinning\nredis.register_function("spin",function() while true do end end)\r\n
$8
spinning
b> *5\r\n$5\r\nFCALL\r\n$4\r\nspin\r\n$1\r\n1\r\n$1\r\nk\r\n$1\r\na\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *1\r\n$4\r\nPING\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *1\r\n$8\r\nSHUTDOWN\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *2\r\n$8\r\nSHUTDOWN\r\n$4\r\nSAVE\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *1\r\n$5\r\nMULTI\r\n
+OK
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *1\r\n$4\r\nEXEC\r\n
-EXECABORT Transaction discarded because of: BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n
-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?
> *2\r\n$8\r\nFUNCTION\r\n$4\r\nLIST\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *3\r\n$6\r\nSCRIPT\r\n$6\r\nEXISTS\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.
> *2\r\n$8\r\nFUNCTION\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: spin, on @user_function:2.
> *2\r\n$8\r\nFUNCTION\r\n$4\r\nKILL\r\n
-NOTBUSY No scripts in execution right now.
