# Coroutines nest as deep in scripts as Lua lets them.
> EVAL "local n=0 local function f(d) n=n+1 if d==0 then return 'end' end local co=coroutine.create(f) local ok,e=coroutine.resume(co,d-1) if not ok then error(e,0) end return e end local ok,e=pcall(f,150) return {n,tostring(ok),e}" 0
1) (integer) 151
2) "true"
3) "end"
> EVAL "return {coroutine.resume(coroutine.create(function(...) return ... end),1,2,3)}" 0
1) (integer) 1
2) (integer) 1
3) (integer) 2
4) (integer) 3
> EVAL "local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) error('x' .. b, 0) end) local r = {} for i = 1, 4 do local ok, v = coroutine.resume(co, i) r[i] = tostring(ok) .. ' ' .. tostring(v) end return r" 0
1) "true 2"
2) "false x2"
3) "false cannot resume dead coroutine"
4) "false cannot resume dead coroutine"
> EVAL "local co co = coroutine.create(function() return coroutine.resume(co) end) local _, ok, why = coroutine.resume(co) return {tostring(ok), why}" 0
1) "false"
2) "cannot resume running coroutine"
> EVAL "local a local b = coroutine.create(function() return coroutine.resume(a) end) a = coroutine.create(function() return coroutine.resume(b) end) local _, _, ok, why = coroutine.resume(a) return {tostring(ok), why}" 0
1) "false"
2) "cannot resume normal coroutine"
> EVAL "return {pcall(coroutine.resume, 1)}" 0
1) (nil)
2) "bad argument #1 to '?' (coroutine expected)"
> EVAL "local w = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) return {w(), w(), w()}" 0
1) (integer) 1
2) (integer) 2
3) (integer) 3
