# Ways out of the sandbox that are closed.
> EVAL "return loadstring(\"return dofile\")()" 0
(error) ERR [string "return dofile"]:1: Script attempted to access nonexistent global variable 'dofile' script: c3e6e3ca3148486b77ba322f39a4e62efbaead06, on return dofile:1.
> EVAL "return loadstring(\"return _G.print\")()" 0
(error) ERR [string "return _G.print"]:1: Script attempted to access nonexistent global variable 'print' script: c9346905c42e08001fcc33e54390905f05bf8064, on return _G.print:1.
> EVAL "return loadstring(\"x=1\")()" 0
(error) ERR [string "x=1"]:1: Attempt to modify a readonly table script: 5249378bd70e46e8a86a79f36149f4f0a5eff072, on x=1:1.
> EVAL "return coroutine.wrap(function() return loadstring(\"return io\")() end)()" 0
(error) ERR user_script:1: [string "return io"]:1: Script attempted to access nonexistent global variable 'io' script: 6d660f88d2088719d2347c2734b141cd004a5cf7, on @user_script:1.
> EVAL "return load(function() return nil end)" 0
(nil)
> EVAL "local f=loadstring(\"return KEYS\") return f()" 0
(empty array)
> EVAL "local function f() return pcall(f) end return f()" 0
(integer) 1
> EVAL "local function f() pcall(f) end return f()" 0
(nil)
> EVAL "return string.gsub(string.rep(\"a\",100),\"a\",function() error(\"x\") end)" 0
(error) ERR user_script:1: x script: b63534698f7598cc2bee25269085c7c258c35e6c, on @user_script:1.
> EVAL "local t=setmetatable({},{}) getmetatable(t).__index=t return t.x" 0
(error) ERR user_script:1: loop in gettable script: 956a15e0fbe4276de1586b28254a4730c357f05e, on @user_script:1.
> EVAL "local t={} setmetatable(t,t) t.__index=function(t,k) return t[k] end return t.x" 0
(error) ERR user_script:1: C stack overflow script: 3eec1bbeca42a8c4a1bc711df27a68dc2ec8a822, on @user_script:1.
> EVAL "local t={1} for i=1,10 do t={t,t} end return #cmsgpack.pack(t)" 0
(integer) 3071
> EVAL "return cmsgpack.unpack(\"\\223\\255\\255\\255\\255\"..string.rep(\"\\1\",1000))" 0
(error) ERR user_script:1: Missing bytes in input. script: a77af021c519db5376c2a3a94601ec154557ed22, on @user_script:1.
> EVAL "return struct.pack(\"c2147483647\",\"a\")" 0
(error) ERR user_script:1: bad argument #3 to 'pack' (string too short) script: 94eb2d54e1b7b7a9f2a40a4f45bd2c131e3392e5, on @user_script:1.
> EVAL "return struct.pack(\"i32i32i32i32i32i32i32i32>i32!32i32\",1,2,3,4,5,6,7,8,9,10)" 0
"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\b\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\t\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\n"
> EVAL "return struct.unpack(\"bbbbbbbbbb\",string.rep(\"a\",10),2147483647)" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: d98f614fd088883f5fe57fe6bf3d1f42591a64c6, on @user_script:1.
> EVAL "return {unpack({},-2147483648,2147483647)}" 0
(error) ERR user_script:1: too many results to unpack script: a43421466131c38e36f40846f1e5b7793c849cee, on @user_script:1.
> EVAL "return {unpack({},1,8000)}" 0
(error) ERR user_script:1: too many results to unpack script: ad535b540663cbf074cb9e81b1aa9d89adee77a1, on @user_script:1.
> EVAL "return (\"x\"):rep(-2147483648)" 0
""
> EVAL "return (\"x\"):sub(-2147483648,2147483647)" 0
"x"
> EVAL "return string.char(256)" 0
(error) ERR user_script:1: bad argument #1 to 'char' (invalid value) script: 3d9288df94e38fc1669acdaeb8b94be37e5c7bf8, on @user_script:1.
> EVAL "return string.format(\"%s%s%s\",string.rep(\"a\",1000),string.rep(\"b\",1000),string.rep(\"c\",1000)):len()" 0
(integer) 3000
> EVAL "return string.format(string.rep(\"%s\",300),unpack({},1,300))" 0
(error) ERR user_script:1: bad argument #2 to 'format' (string expected, got nil) script: 521a49ddbcdf681afcf6471356c3fa0a78a3ca53, on @user_script:1.
> EVAL "return string.format(\"%-#+ 0000000000d\",1)" 0
(error) ERR user_script:1: invalid format (repeated flags) script: 5582465e0491608465472feef6c33689581d47ba, on @user_script:1.
> EVAL "return bit.tohex(1,-2147483648)" 0
"00000001"
> EVAL "setmetatable(_G,nil)" 0
(error) ERR Attempt to modify a readonly table script: 363cd756dc20f58a9f4a1d92f45ec7a5f14fbaed, on @user_script:1.
> EVAL "getmetatable(\"\").__index=function() return 1 end" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 4142ccdf0afe7a151123ae8d0e345cdcbed42b12, on @user_script:1.
> EVAL "getmetatable(\"\").__add=function() return 1 end" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 4986a08de1a98bf24295a14d3cb3b7f39620361e, on @user_script:1.
> EVAL "string.format=nil" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 4f21085d0e16d40689cf19e6d44f131f2cc22c6c, on @user_script:1.
> EVAL "redis.call=nil" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 6c234656e10922ca06d37121da8de559a67a8387, on @user_script:1.
> EVAL "KEYS=nil" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: f28770434f1a54d7696dfda5d6f985d66c56b905, on @user_script:1.
> EVAL "ARGV={}" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 96161698ef68221643efb42b823eecc61db4db19, on @user_script:1.
> EVAL "KEYS[1]='q' return KEYS[1]" 0
"q"
> EVAL "rawset(getmetatable(\"\"),\"__index\",{})" 0
(error) ERR Attempt to modify a readonly table script: 33f9bb0736fb4effbc2ab94180965a4916c1de27, on @user_script:1.
> EVAL "for k,v in pairs(getmetatable(\"\")) do v.format=1 end" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 8fa91b6050c11ee7012449aa1ed43ff1357aed59, on @user_script:1.
> EVAL "for k,v in pairs(_G) do if type(v)==\"table\" then v.x=1 end end" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 273092c5d1ef3df6f3b6b02c9172372b584d1321, on @user_script:1.
> EVAL "local n,t=pairs(string) t.x=1" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 7da5c9860edb7b221438ceaf499e2291c453039f, on @user_script:1.
> EVAL "next(string).x=1" 0
(error) ERR user_script:1: attempt to index a string value script: b5ac3c1f5d91e5602b1012c7baaa319b476cb68e, on @user_script:1.
> EVAL "return next(string)~=nil" 0
(integer) 1
> EVAL "return type(next(_G))" 0
"string"
> EVAL "table.sort(string)" 0
(nil)
> EVAL "table.remove(redis)" 0
(nil)
> EVAL "table.insert(_G,1)" 0
(error) ERR Attempt to modify a readonly table script: 4e6d628a17d8f6dc0dd211620b73d57057e03e1f, on @user_script:1.
> EVAL "return #table.concat(redis)" 0
(integer) 0
> EVAL "table.foreach(string,function(k,v) string[k]=nil end)" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: c8e0bfe00e9517c0c33ed6697dced38de4dd4922, on @user_script:1.
> EVAL "setmetatable(getmetatable(\"\"),{})" 0
(error) ERR Attempt to modify a readonly table script: 296db1eeac4e53f25aa05ef674ae988c5873b475, on @user_script:1.
> EVAL "return getmetatable(getmetatable(\"\"))" 0
(nil)
> EVAL "return rawget(string,\"format\")~=nil" 0
(integer) 1
> EVAL "return rawequal(string,string)" 0
(integer) 1
> EVAL "debug.getinfo(1)" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'debug' script: d14fcd27f049b7f5d1c352a063fe68d58121188a, on @user_script:1.
> EVAL "return package" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'package' script: bfab18646c3a65e87365badef4807726c27a0041, on @user_script:1.
> EVAL "return require" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'require' script: 68c9d8918a98cebaec1948aff703e96c57af9fdd, on @user_script:1.
> EVAL "return io" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'io' script: badfe324d30f60abd2dbecf4d4b0f915038384e2, on @user_script:1.
> EVAL "return loadfile" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'loadfile' script: a08fbe72c95f67027cc9b6349f5d335b598397b7, on @user_script:1.
> EVAL "return newproxy" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'newproxy' script: f77b925834a6a5cd4c3f954d604c77e44181c40f, on @user_script:1.
> EVAL "return setfenv" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'setfenv' script: 3ffeb955c6323bb75eb872e0e1bc7214ea8780d9, on @user_script:1.
> EVAL "return setmetatable({},{__index=function() error(\"z\") end})" 0
(empty array)
> EVAL "return {setmetatable({},{__len=function() error(\"z\") end})}" 0
1) (empty array)
> EVAL "return redis.call(unpack({\"sadd\",\"k\",1,2,3,4,5,6,7,8,9,10}))" 0
(integer) 10
> EVAL "return coroutine.yield(1)" 0
(error) ERR attempt to yield across metamethod/C-call boundary script: c0c3d8a4cbcee35be6b566d6fb3a7a74f0fdcc6f, on @user_script:1.
> EVAL "return coroutine.wrap(function() coroutine.yield(5) end)()" 0
(integer) 5
> EVAL "local co=coroutine.create(function() error({err=\"E x\"}) end) return {coroutine.resume(co)}" 0
1) (nil)
2) (error) E x
> EVAL "local co co=coroutine.create(function() return coroutine.resume(co) end) return {coroutine.resume(co)}" 0
1) (integer) 1
2) (nil)
3) "cannot resume running coroutine"
> EVAL "return pcall(string.dump,print)" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'print' script: a72b7d1827008db8e879c1f97cbde389b07b83d7, on @user_script:1.
> EVAL "return pcall(error,setmetatable({},{__index=function() error(\"q\") end}))" 0
(error) ERR user_script:1: q script: 2ae7f2a16eec5ed63a622bdd8963ab47ebef5f03, on @user_script:1.
> EVAL "return string.gsub(\"hello\",\"l\",{l=setmetatable({},{})})" 0
(error) ERR user_script:1: invalid replacement value (a table) script: 643ce4c74b36ca53413ee084241b73fea07ef368, on @user_script:1.
> EVAL "return string.gsub(\"hello\",\"\",string.rep(\"%0\",1000)):len()" 0
(integer) 5
