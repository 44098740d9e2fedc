# Replies as Lua values and Lua values as replies, in both protocols of both sides.
> EVAL "return {1,true,false,nil}" 0
1) (integer) 1
2) (integer) 1
3) (nil)
> EVAL "return true" 0
(integer) 1
> EVAL "return false" 0
(nil)
> EVAL "return nil" 0
(nil)
> EVAL "return {double=1.5}" 0
"1.5"
3>
(double) 1.5
> EVAL "return {double=\"1.5\"}" 0
(empty array)
> EVAL "return {double=1e100}" 0
"1e+100"
3>
(double) 1e+100
> EVAL "return {double=1/0}" 0
"inf"
3>
(double) inf
> EVAL "return {double=3}" 0
"3"
3>
(double) 3
> EVAL "return {map={a=1,b={c=2}}}" 0
1) "a"
2) (integer) 1
3) "b"
4) (empty array)
3>
1# "a" => (integer) 1
2# "b" => (empty array)
> EVAL "return {map={}}" 0
(empty array)
3>
(empty hash)
> EVAL "return {map=1}" 0
(empty array)
> EVAL "return {set={a=true,b=true}}" 0
1) "a"
2) "b"
3>
1~ "a"
2~ "b"
> EVAL "return {set={}}" 0
(empty array)
3>
(empty set)
> EVAL "return {verbatim_string={format=\"txt\",string=\"hi\"}}" 0
"hi"
3>
hi
> EVAL "return {verbatim_string={format=\"txtx\",string=\"hi\"}}" 0
"hi"
3>
hi
> EVAL "return {verbatim_string={format=\"t\",string=\"hi\"}}" 0
"hi"
3>
hi
> EVAL "return {verbatim_string={string=\"hi\"}}" 0
(empty array)
> EVAL "return {verbatim_string={format=\"txt\"}}" 0
(empty array)
> EVAL "return {verbatim_string=\"x\"}" 0
(empty array)
> EVAL "redis.setresp(3) return {true,false,1}" 0
1) (integer) 1
2) (integer) 0
3) (integer) 1
3>
1) (true)
2) (false)
3) (integer) 1
> EVAL "redis.setresp(3) return true" 0
(integer) 1
3>
(true)
> EVAL "redis.setresp(3) return false" 0
(integer) 0
3>
(false)
> EVAL "redis.setresp(3) return redis.call(\"get\",\"nokey\")==nil" 0
(integer) 1
3>
(true)
> EVAL "return redis.call(\"get\",\"nokey\")==false" 0
(integer) 1
> EVAL "redis.call(\"del\",\"h\") redis.call(\"hset\",\"h\",\"a\",\"1\") redis.setresp(3) return redis.call(\"hgetall\",\"h\").map.a" 0
"1"
> EVAL "redis.setresp(3) return redis.call(\"hgetall\",\"h\")" 0
1) "a"
2) "1"
3>
1# "a" => "1"
> EVAL "return redis.call(\"hgetall\",\"h\")" 0
1) "a"
2) "1"
> EVAL "redis.call(\"sadd\",\"s1\",\"a\") redis.setresp(3) return tostring(redis.call(\"smembers\",\"s1\").set.a)" 0
"true"
> EVAL "redis.setresp(3) return redis.call(\"smembers\",\"s1\")" 0
1) "a"
3>
1~ "a"
> EVAL "redis.setresp(3) return nil" 0
(nil)
> EVAL "local t={} t[1]={err=\"x\"} return t" 0
1) (error) x
> EVAL "return {{ok=\"fine\"},{err=\"bad\"}}" 0
1) fine
2) (error) bad
> EVAL "local e=redis.pcall(\"incr\",\"h\") local r={} for k,v in pairs(e) do r[#r+1]=k..\"=\"..tostring(v) end table.sort(r) return r" 0
1) "err=WRONGTYPE Operation against a key holding the wrong kind of value"
2) "ignore_error_stats_update=true"
> EVAL "local ok,e=pcall(redis.call,\"incr\",\"h\") local r={} for k,v in pairs(e) do r[#r+1]=k..\"=\"..tostring(v) end table.sort(r) return r" 0
(error) ERR user_script:1: bad argument #1 to 'pairs' (table expected, got string) script: d11872c0cb2bd2d42401a4133f513eec6d37d3e0, on @user_script:1.
> EVAL "local ok,e=pcall(redis.call) local r={} for k,v in pairs(e) do r[#r+1]=k..\"=\"..tostring(v) end table.sort(r) return r" 0
(error) ERR user_script:1: bad argument #1 to 'pairs' (table expected, got string) script: 2a9cc05a99515afa2be88e11122c48c7f9ce2a5a, on @user_script:1.
> EVAL "local ok,e=pcall(redis.call,\"nosuch\") local r={} for k,v in pairs(e) do r[#r+1]=k..\"=\"..tostring(v) end table.sort(r) return r" 0
(error) ERR user_script:1: bad argument #1 to 'pairs' (table expected, got string) script: f89afd338c16e07d8335499a5dd7d5d6f3b43cac, on @user_script:1.
> EVAL "local e=redis.error_reply(\"A b\") local r={} for k,v in pairs(e) do r[#r+1]=k..\"=\"..tostring(v) end table.sort(r) return r" 0
1) "err=A b"
> EVAL "error(redis.error_reply(\"A b\"))" 0
(error) A b script: 290a8324a73b1098b630ab209f7b774a5f06cfac, on @user_script:1.
> EVAL "local function f() error(\"deep\") end\nlocal function g() f() end\ng()" 0
(error) ERR user_script:1: deep script: 5e2a6a038626d6d6750d330a7e52f69c8c091021, on @user_script:1.
> EVAL "return coroutine.wrap(function() return redis.call(\"get\",\"nokey2\") end)()" 0
(nil)
> EVAL "return coroutine.wrap(function() error(\"in co\") end)()" 0
(error) ERR user_script:1: user_script:1: in co script: f40d5eeb58b3001b17fad3e62345648a63127754, on @user_script:1.
> EVAL "return xpcall(function() error(\"x\") end,function(e) return \"H:\"..e end)" 0
(nil)
> EVAL "local ok,e=xpcall(function() error(\"x\") end,function(e) return \"H:\"..e end) return e" 0
"H:user_script:1: x"
> EVAL "return redis.call(\"ping\")" 0
PONG
> EVAL "return redis.call(\"ping\").ok" 0
"PONG"
> EVAL "return redis.call(\"echo\",\"a\")" 0
"a"
> EVAL "return redis.call(\"config\",\"get\",\"maxmemory\")" 0
(error) ERR This Redis command is not allowed from script script: 1cd570513150d835064eac31efa48acec43b664c, on @user_script:1.
> EVAL "return redis.call(\"client\",\"id\")" 0
(error) ERR This Redis command is not allowed from script script: 36565524857a3003db7ec0e662b31d9857241777, on @user_script:1.
> EVAL "return redis.call(\"client\",\"foo\")" 0
(error) ERR Unknown Redis command called from script script: b9df34cb353b96f4571566d84867345a9c2b99e5, on @user_script:1.
> EVAL "return redis.call(\"select\",\"1\")" 0
OK
> EVAL "redis.call(\"select\",5) return redis.call(\"dbsize\")" 0
(integer) 0
> EVAL "return redis.call(\"dbsize\")" 0
(integer) 2
> EVAL "return loadstring(\"\\27Lua\")" 0
(nil)
> EVAL "return select(2,loadstring(\"\\27Lua\"))" 0
"[string \"\x1bLua\"]:1: unexpected symbol near 'char(27)'"
> EVAL "return select(2,loadstring(\"x x\"))" 0
"[string \"x x\"]:1: '=' expected near 'x'"
> EVAL "return select(2,loadstring(\"x x\",\"@nm\"))" 0
"nm:1: '=' expected near 'x'"
> EVAL "return string.find(\"abc\",\"b\",-100)" 0
(integer) 2
> EVAL "return {string.find(\"abc\",\"\",10)}" 0
1) (integer) 4
2) (integer) 3
> EVAL "return {string.find(\"abc\",\"b()\",1)}" 0
1) (integer) 2
2) (integer) 2
3) (integer) 3
> EVAL "return {string.gsub(\"hello world\",\"(o)\",\"<%1>\")}" 0
1) "hell<o> w<o>rld"
2) (integer) 2
> EVAL "return {string.gsub(\"abc\",\"\",\"-\")}" 0
1) "-a-b-c-"
2) (integer) 4
> EVAL "return {string.gsub(\"abc\",\"b*\",\"-\")}" 0
1) "-a--c-"
2) (integer) 4
> EVAL "return {string.match(\"key=val\",\"(%w+)=(%w+)\")}" 0
1) "key"
2) "val"
> EVAL "local r={} for k in string.gmatch(\"a b c\",\"%a\") do r[#r+1]=k end return r" 0
1) "a"
2) "b"
3) "c"
> EVAL "return {string.find(\"THE (quick) fox\",\"%((%a+)%)\")}" 0
1) (integer) 5
2) (integer) 11
3) "quick"
> EVAL "return string.match(\"x[[y]]\",\"%b[]\")" 0
"[[y]]"
> EVAL "return string.gsub(\"THE (quick) fox\",\"%f[%a]%a+\",\"w\")" 0
"w (w) w"
> EVAL "return math.pow(2,10)+math.floor(3.7)+math.mod(7,3)" 0
(integer) 1028
> EVAL "return string.format(\"%s %s\",1,nil)" 0
(error) ERR user_script:1: bad argument #3 to 'format' (string expected, got nil) script: fa179fb454b6b0631e2771a3d03ea95561efd9b2, on @user_script:1.
> EVAL "return tostring(1e14)..tostring(2^53)" 0
"1e+149.007199254741e+15"
> EVAL "local t={5,2,8,1,9,3} table.sort(t,function(a,b) return a>b end) return t" 0
1) (integer) 9
2) (integer) 8
3) (integer) 5
4) (integer) 3
5) (integer) 2
6) (integer) 1
> EVAL "local t={} for i=1,20 do t[i]={i%3,i} end table.sort(t,function(a,b) return a[1]<b[1] end) local r={} for i=1,20 do r[i]=t[i][2] end return table.concat(r,\" \")" 0
"15 9 6 12 18 3 13 1 16 19 10 4 7 17 2 11 8 14 5 20"
> EVAL "return redis.call(\"hset\",\"hh\",\"f\",0.1,\"g\",-0.0,\"i\",1e17,\"j\",123456789012)" 0
(integer) 4
> EVAL "return redis.call(\"hgetall\",\"hh\")" 0
1) "f"
2) "0.10000000000000001"
3) "g"
4) "-0"
5) "i"
6) "1e+17"
7) "j"
8) "123456789012"
> EVAL "local a={} for i=1,7000 do a[i]=i end return #redis.call(\"sadd\",\"big\",unpack(a))" 0
(error) ERR user_script:1: attempt to get length of a number value script: 5d83a7e931272bd38b4a809d296371eb8a77d53f, on @user_script:1.
> EVAL "local a={} for i=1,8000 do a[i]=i end return redis.call(\"sadd\",\"big\",unpack(a))" 0
(error) ERR user_script:1: too many results to unpack script: a30c4ba1d3ee3afa29f25842f8c0ba5a454a9dcb, on @user_script:1.
> EVAL "return setmetatable({},{__index=function() return \"q\" end})" 0
(empty array)
> EVAL "return setmetatable({1},{__index=function(t,k) if k<5 then return k end end})" 0
1) (integer) 1
