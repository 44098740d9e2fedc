# Errors that end a script, with the place they came from.
> EVAL "setmetatable(string,{})" 0
(error) ERR Attempt to modify a readonly table script: 4084efb1a05db6a2c46cc85b3c7b36a1784f4e49, on @user_script:1.
> EVAL "setmetatable(_G,{})" 0
(error) ERR Attempt to modify a readonly table script: e8f1b52cec0990f58c59b37010d130cfdce9e1a5, on @user_script:1.
> EVAL "return {pcall(error,'x')}" 0
1) (nil)
2) "x"
> EVAL "return {pcall(error,{1})}" 0
1) (nil)
2) 1) (integer) 1
> EVAL "return {pcall(error)}" 0
1) (nil)
> EVAL "return error()" 0
(error) ERR nil script: a77e03577bcbdf9c551cd52371d6913878cb8079, on @user_script:1.
> EVAL "return error('a')" 0
(error) ERR user_script:1: a script: afdcf8192c7cde1c5648a9541b3abc916d14b9a9, on @user_script:1.
> EVAL "return error('a',0)" 0
(error) ERR a script: d22d5e57f02b03e2ac0f16aaa959966e3de587cb, on @user_script:1.
> EVAL "return error('a',2)" 0
(error) ERR a script: ff30ec9a2320d9e770a993ec86694fdfd63e0b51, on @user_script:1.
> EVAL "return error({err='MY msg'})" 0
(error) MY msg script: 97c463cba9ad90df492e640945ec74a3321e5303, on @user_script:1.
> EVAL "return assert(false)" 0
(error) ERR user_script:1: assertion failed! script: d53a31b7cf6464f11dda0b675ec10264407f979b, on @user_script:1.
> EVAL "return assert(false,'m')" 0
(error) ERR user_script:1: m script: 16c30300b60f0931eb466d68a3c4eb52b0160392, on @user_script:1.
> EVAL "return assert(nil,{})" 0
(error) ERR user_script:1: bad argument #2 to 'assert' (string expected, got table) script: 52459decebc20aca47aa8c08ec12a92d5ebc6202, on @user_script:1.
> EVAL "return assert(1,2)" 0
(integer) 1
> EVAL "return tonumber({})" 0
(nil)
> EVAL "local a = nil; return a.b" 0
(error) ERR user_script:1: attempt to index local 'a' (a nil value) script: a4f98b90454ae717765b45eb6f71312d37f994c6, on @user_script:1.
> EVAL "local a = nil; return a()" 0
(error) ERR user_script:1: attempt to call local 'a' (a nil value) script: 288abd711c6fd0231f001c26d7eaa2473c90185f, on @user_script:1.
> EVAL "return a.b.c" 0
(error) ERR user_script:1: Script attempted to access nonexistent global variable 'a' script: 496d1cf4214ce396037ad841c5831c24ccb30b3d, on @user_script:1.
> EVAL "return {}..'x'" 0
(error) ERR user_script:1: attempt to concatenate a table value script: 79fd16923d5af8bc4a243c95dc11d64c45d0d066, on @user_script:1.
> EVAL "return {}<1" 0
(error) ERR user_script:1: attempt to compare table with number script: c75c3020c3cdb3a2beb13e3e207a8b2e93a56657, on @user_script:1.
> EVAL "return 1<'x'" 0
(error) ERR user_script:1: attempt to compare number with string script: 0c1522b7ab77d025781689d45884ab1e663ec416, on @user_script:1.
> EVAL "return {}<{}" 0
(error) ERR user_script:1: attempt to compare two table values script: b231389a47fd694af34e45da7210550077bfba64, on @user_script:1.
> EVAL "return #5" 0
(error) ERR user_script:1: attempt to get length of a number value script: ffe83ca6101f6ad505d8608927f3d3b8a836e154, on @user_script:1.
> EVAL "return -{}" 0
(error) ERR user_script:1: attempt to perform arithmetic on a table value script: 95c805f07fef0f190a24e3197cab48b4e80c185b, on @user_script:1.
> EVAL "return 'a'+1" 0
(error) ERR user_script:1: attempt to perform arithmetic on a string value script: 9e6bf146fcd1f7c8d2dbdc1c5ce55c734882a6f7, on @user_script:1.
> EVAL "local function f() return 1+f() end return f()" 0
(error) ERR user_script:1: stack overflow script: 8dac8411355853de2ec60a5b36a9ce2745404793, on @user_script:1.
> EVAL "local t={} t.x.y=1" 0
(error) ERR user_script:1: attempt to index field 'x' (a nil value) script: e729d5df0845af3c152d4f65b3c5cb1246627f81, on @user_script:1.
> EVAL "error({err=''})" 0
(error)  script: 940f0d766d90ae9087b4e8454d02c9c34c51ea22, on @user_script:1.
