# needs thimble
# raw
# Library functions of C are stopped as well.
# config busy-reply-threshold 50
b> *3\r\n$4\r\nEVAL\r\n$104\r\nwhile true do pcall(function() local _=string.find(string.rep("a",30),string.rep("a-",30).."b") end) end\r\n$1\r\n0\r\n
# sleep 0.4
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.4
b>
...
b> *3\r\n$4\r\nEVAL\r\n$98\r\nwhile true do pcall(function() local _=string.rep("a",40):match(string.rep("a*",40).."b") end) end\r\n$1\r\n0\r\n
# sleep 0.4
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.4
b>
...
b> *3\r\n$4\r\nEVAL\r\n$95\r\nwhile true do pcall(function() local t={} for i=0,29 do t[2^i]=1 end table.remove(t,1) end) end\r\n$1\r\n0\r\n
# sleep 0.4
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.4
b>
...
b> *3\r\n$4\r\nEVAL\r\n$101\r\nwhile true do pcall(function() local t={1} for i=1,60 do t={t,t} end local _=cjson.encode(t) end) end\r\n$1\r\n0\r\n
# sleep 0.4
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.4
b>
...
b> *3\r\n$4\r\nEVAL\r\n$107\r\nwhile true do pcall(function() local t={1} for i=1,25 do t={t,t} end local _=pcall(cjson.encode,t) end) end\r\n$1\r\n0\r\n
# sleep 0.4
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
+OK
# sleep 0.4
b>
...
