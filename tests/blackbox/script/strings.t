# Patterns, formats, and source text as a string.
> EVAL "return string.dump" 0
(nil)
> EVAL "return loadstring(string.dump(function() end))" 0
(nil)
> EVAL "return load('\\27Lua')" 0
(error) ERR user_script:1: bad argument #1 to 'load' (function expected, got string) script: 735bbb904d17e0a2eed5d06bcce0fc17f9c20f0a, on @user_script:1.
> EVAL "return {loadstring('\\27Lua')}" 0
(empty array)
> EVAL "return {loadstring('x x')}" 0
(empty array)
> EVAL "return {load(function() return nil end)}" 0
1) (nil)
> EVAL "return type(load(function() return nil end))" 0
"function"
> EVAL "return {load('return 1')}" 0
(error) ERR user_script:1: bad argument #1 to 'load' (function expected, got string) script: 4480eda72b829904c9c086febbdec80ac1049d52, on @user_script:1.
> EVAL "return string.rep('x',-1)" 0
""
> EVAL "return string.find('a','%')" 0
(error) ERR user_script:1: malformed pattern (ends with '%') script: bb380b00f4eed639be7483b5c6091d89c95c6113, on @user_script:1.
> EVAL "return string.find('a','[a')" 0
(error) ERR user_script:1: malformed pattern (missing ']') script: ba5b76403736eeaf9c3f709b36dd7c4404e005d7, on @user_script:1.
> EVAL "return string.find('a','(a')" 0
(error) ERR user_script:1: unfinished capture script: 3f79ee3b4a0b9c50a95c90a66d0441942561478a, on @user_script:1.
> EVAL "return string.find('a','a)')" 0
(nil)
> EVAL "return string.gsub('abc','%w','%2')" 0
(error) ERR user_script:1: invalid capture index script: fded04d2113fb2465603c848abaf0b8d4a069c85, on @user_script:1.
> EVAL "return string.gsub('abc','%w',{})" 0
"abc"
> EVAL "return string.gsub('abc','%w',function() return {} end)" 0
(error) ERR user_script:1: invalid replacement value (a table) script: 572d4d83941112d06137932d216c528767ce5abf, on @user_script:1.
> EVAL "return string.gsub('abc','%w')" 0
(error) ERR user_script:1: bad argument #3 to 'gsub' (string/function/table expected) script: 9c724dae79e68e78fdaacf9feb1c246a1e9e2c58, on @user_script:1.
> EVAL "return string.format('%d','x')" 0
(error) ERR user_script:1: bad argument #2 to 'format' (number expected, got string) script: 9bfa036ce43f6560d99a9ff4520ef83947aa76a4, on @user_script:1.
> EVAL "return string.format('%y',1)" 0
(error) ERR user_script:1: invalid option '%y' to 'format' script: d3f40a677febc060576608255c259e051536a6cc, on @user_script:1.
> EVAL "return string.format('%')" 0
(error) ERR user_script:1: bad argument #2 to 'format' (no value) script: 84043fe815d9bb4ba161d6a72e635de06d51317d, on @user_script:1.
> EVAL "return string.format('%099d',1)" 0
"000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"
> EVAL "return string.format('%100d',1)" 0
(error) ERR user_script:1: invalid format (width or precision too long) script: af46e652c8dc55b2ca886f81e43accb19c5e3c8e, on @user_script:1.
> EVAL "return string.format('%q','a\\nb\\0c\"\\\\\\r')" 0
"\"a\\\nb\\000c\\\"\\\\\\r\""
> EVAL "return string.format('%5s|%-5s|%.2s|%5.1f|%g|%x|%X|%o|%c|%i|%u|%e|%%','a','b','ccc',1.25,0.1,255,255,8,65,3,4,1e10)" 0
"    a|b    |cc|  1.2|0.1|ff|FF|10|A|3|4|1.000000e+10|%"
> EVAL "return string.rep()" 0
(error) ERR user_script:1: bad argument #1 to 'rep' (string expected, got no value) script: 312a592c4be4cbcb6748209b815c8eb090f3ca71, on @user_script:1.
