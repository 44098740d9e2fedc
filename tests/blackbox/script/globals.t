# What a script finds, and that it cannot be changed.
> EVAL "return getmetatable('')" 0
(empty array)
> EVAL "return tostring(getmetatable('').__index==string)" 0
"true"
> EVAL "return tostring(getmetatable(string))" 0
"nil"
> EVAL "x=1" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 7caf6056913504f0508c65faf2dc3f94ff65bcfd, on @user_script:1.
> EVAL "string.x=1" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 0200261db1e7771c266e77366576961c8f228af1, on @user_script:1.
> EVAL "_G.x=1" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 9f1cf4e38bfbdecb441f9ea07fb01f5b69497362, on @user_script:1.
> EVAL "rawset(_G,'x',1)" 0
(error) ERR Attempt to modify a readonly table script: 90860ee597073785c7a12c667667abc4495e2c78, on @user_script:1.
> EVAL "rawset(string,'x',1)" 0
(error) ERR Attempt to modify a readonly table script: d40e631b35efb3f7af3a86299524d322d9e868c7, on @user_script:1.
> EVAL "getmetatable(_G).__index=nil" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 083d1807f1c42cf4f52a132b3c0e099e3c4b2d17, on @user_script:1.
> EVAL "getmetatable('').__index=nil" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 50b90bcffe84981181a1c3a9ab8a455a795a314b, on @user_script:1.
> EVAL "return foo" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'foo' script: 47e30a5d10d5694f99208f9adc4fe3bf2450edbd, on @user_script:1.
> EVAL "return _G.foo" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'foo' script: 14b334a3e1207cac27cf13552a3fe5249fbac092, on @user_script:1.
> EVAL "return rawget(_G,'foo')" 0
(nil)
> EVAL "return tostring(_G._G==_G)" 0
"true"
> EVAL "table.insert(string,1)" 0
(error) ERR Attempt to modify a readonly table script: 88e24227b7ae37de8c151ae1137f61049fe748ad, on @user_script:1.
> EVAL "return print" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'print' script: df4c752a7558004676bbee87e38b92e0b9056d68, on @user_script:1.
> EVAL "return require" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'require' script: 68c9d8918a98cebaec1948aff703e96c57af9fdd, on @user_script:1.
> EVAL "return collectgarbage('count') > 0" 0
(integer) 1
> EVAL "return collectgarbage('x')" 0
(error) ERR user_script:1: bad argument #1 to 'collectgarbage' (invalid option 'x') script: f11b79c569713d761494d18da54662dcac489000, on @user_script:1.
> EVAL "return collectgarbage()" 0
(integer) 0
> EVAL "return collectgarbage('collect')" 0
(integer) 0
> EVAL "return collectgarbage('step')" 0
(nil)
> EVAL "return collectgarbage('stop')" 0
(integer) 0
> EVAL "return gcinfo() > 0" 0
(integer) 1
> EVAL "return newproxy" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'newproxy' script: f77b925834a6a5cd4c3f954d604c77e44181c40f, on @user_script:1.
> EVAL "return getfenv" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'getfenv' script: 16cfebc0feae9751eb6419326840e1512625eb36, on @user_script:1.
> EVAL "return _VERSION" 0
"Lua 5.1"
> EVAL "return tostring(_G)~=nil" 0
(integer) 1
> EVAL "return coroutine" 0
(empty array)
> EVAL "return string.foo" 0
(nil)
> EVAL "return ('x'):foo()" 0
(error) ERR user_script:1: attempt to call method 'foo' (a nil value) script: 9305c573b0e89c003985a0a1b244a10161d73faf, on @user_script:1.
