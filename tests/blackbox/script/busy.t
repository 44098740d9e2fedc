# raw
# A script past its time: others hear so, a few commands run, SCRIPT KILL ends it.
# config busy-reply-threshold 50
b> *3\r\n$4\r\nEVAL\r\n$17\r\nwhile true do end\r\n$1\r\n0\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *1\r\n$4\r\nPING\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$8\r\nFUNCTION\r\n$4\r\nKILL\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$8\r\nFUNCTION\r\n$5\r\nSTATS\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *1\r\n$8\r\nSHUTDOWN\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *1\r\n$5\r\nMULTI\r\n
+OK
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *1\r\n$4\r\nEXEC\r\n
-EXECABORT Transaction discarded because of: BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n
-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: 694a5fe1ddb97a4c6a1bf299d9537c7d3d0f84e7, on @user_script:1.
b> *3\r\n$4\r\nEVAL\r\n$57\r\nwhile true do pcall(function() while true do end end) end\r\n$1\r\n0\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: 3d7b0cfd4124d0a72b8a39e531e7c806bc453d3e, on @user_script:1.
b> *3\r\n$4\r\nEVAL\r\n$79\r\nlocal function f() while true do end end pcall(pcall,pcall,f) while true do end\r\n$1\r\n0\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: 9b74ac8f49e297796775ede6ae2a4e5c817acbc9, on @user_script:1.
b> *3\r\n$4\r\nEVAL\r\n$105\r\nfor w in string.gmatch(string.rep("a",100),"a") do coroutine.wrap(function() while true do end end)() end\r\n$1\r\n0\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: be6bf1c2a73bb961bddb9f1890fad9b6f78e45a6, on @user_script:1.
b> *3\r\n$4\r\nEVAL\r\n$52\r\ntable.sort({3,2,1},function() while true do end end)\r\n$1\r\n0\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: 770a87266649db5d7c394b38a6a345315b722fe2, on @user_script:1.
b> *3\r\n$4\r\nEVAL\r\n$62\r\nreturn string.gsub("abc",".",function() while true do end end)\r\n$1\r\n0\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: e9ac62df554615ab87fb01ee73c7f3442c668a22, on @user_script:1.
b> *3\r\n$4\r\nEVAL\r\n$68\r\nreturn setmetatable({},{__index=function() while true do end end}).y\r\n$1\r\n0\r\n
# sleep 0.5
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.5
b>
-ERR Script killed by user with SCRIPT KILL... script: 044ac4e524d2eab587cc7d73490d157223ae3acd, on @user_script:1.
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
-NOTBUSY No scripts in execution right now.
