# No global can be assigned to, wherever in a script that is and whether it is ever run.
> EVAL "KEYS=nil" 1 k
(error) ERR user_script:1: Attempt to modify a readonly table script: f28770434f1a54d7696dfda5d6f985d66c56b905, on @user_script:1.
> EVAL "KEYS={} return 1" 1 k
(error) ERR user_script:1: Attempt to modify a readonly table script: aeebc7f1ac7a854c6df7b0a3ac8f643fccb90c4d, on @user_script:1.
> EVAL "redis=nil" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 798fb82ecc67b35e8683852584ae0e9b80c7e89f, on @user_script:1.
> EVAL "function tonumber() end" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 88ba5505fcd09ebecc29dd11fbb97e1d8fbe4104, on @user_script:1.
> EVAL "if ARGV[1]=='no' then redis=1 end return redis.call('PING')" 0
PONG
> EVAL "if ARGV[1]=='no' then redis=1 end return redis.call('PING')" 0 no
(error) ERR user_script:1: Attempt to modify a readonly table script: 092b8833e5887f8abedc3e1690f40a6838d662f8, on @user_script:1.
> EVAL "local f = function() return function() string = 1 end end f()()" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: a93f9b0a5dad7ae3d5426f3854bc3b8088fe315d, on @user_script:1.
> EVAL "local t = {function() end, function() type = 1 end} t[2]()" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 1ff0c005d40389f62da80f7ae8339b33e6e54835, on @user_script:1.
> EVAL "return coroutine.wrap(function() type = 1 end)()" 0
(error) ERR user_script:1: user_script:1: Attempt to modify a readonly table script: d10118ae53f0f7928239c6f79acbb9fed4d16420, on @user_script:1.
> EVAL "return loadstring('type = 1')()" 0
(error) ERR [string "type = 1"]:1: Attempt to modify a readonly table script: 1bd756471e47a1b96c5969d2e183e69a57ff8c43, on type = 1:1.
> EVAL "return loadstring('return type(1)')()" 0
"number"
> EVAL "local a, b a, type, b = 1, 2, 3" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 9995e6d8307923deddef3e545fee1d7510033fbd, on @user_script:1.
> EVAL "type, undefined = 1, 2" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: e08795fcaa756bd3e9f8dee2f437329cf5355ff7, on @user_script:1.
> EVAL "_G.type = 1" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 7da6660029e2126daf48a09fcf620b3715786b38, on @user_script:1.
> EVAL "local g = _G g.type = 1" 0
(error) ERR user_script:1: Attempt to modify a readonly table script: 72d674debed85c9de79246f7a62451fa02ef5c93, on @user_script:1.
> EVAL "return _G.KEYS[1]" 1 k
"k"
> EVAL "KEYS[1]='other' return _G.KEYS[1]" 1 k
"other"
> EVAL "return {type(KEYS), type(ARGV), type(redis), type(string), type(tonumber)}" 0
1) "table"
2) "table"
3) "table"
4) "table"
5) "function"
> EVAL "local n = 0 for name in pairs(_G) do n = n + 1 end return n > 10" 0
(integer) 1
> EVAL "return pcall(function() type = 1 end)" 0
(nil)
> EVAL "local ok, message = pcall(function() return undefined end) return message" 0
"user_script:1: Script attempted to access nonexistent global variable 'undefined'"
