# raw
# Types that redis-cli does not show.
> *2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n
...
> *3\r\n$4\r\nEVAL\r\n$52\r\nreturn {big_number="123456789012345678901234567890"}\r\n$1\r\n0\r\n
(123456789012345678901234567890
> *3\r\n$4\r\nEVAL\r\n$22\r\nreturn {big_number=12}\r\n$1\r\n0\r\n
*0
> *3\r\n$4\r\nEVAL\r\n$44\r\nreturn {big_number=string.char(49,13,10,50)}\r\n$1\r\n0\r\n
(1  2
> *3\r\n$4\r\nEVAL\r\n$19\r\nreturn {double=1.5}\r\n$1\r\n0\r\n
,1.5
> *3\r\n$4\r\nEVAL\r\n$19\r\nreturn {double=1/0}\r\n$1\r\n0\r\n
,inf
> *3\r\n$4\r\nEVAL\r\n$22\r\nreturn {double=-1e100}\r\n$1\r\n0\r\n
,-1e+100
> *3\r\n$4\r\nEVAL\r\n$51\r\nreturn {verbatim_string={format="txt",string="hi"}}\r\n$1\r\n0\r\n
=6
txt:hi
> *3\r\n$4\r\nEVAL\r\n$27\r\nreturn {map={a={double=2}}}\r\n$1\r\n0\r\n
%1
$1
a
,2
> *3\r\n$4\r\nEVAL\r\n$21\r\nreturn {set={x=true}}\r\n$1\r\n0\r\n
~1
$1
x
> *3\r\n$4\r\nEVAL\r\n$40\r\nreturn {ok="a"..string.char(13,10).."b"}\r\n$1\r\n0\r\n
+a  b
> *3\r\n$4\r\nEVAL\r\n$64\r\nredis.setresp(3) local r=redis.call("get","none") return type(r)\r\n$1\r\n0\r\n
$3
nil
> *3\r\n$4\r\nEVAL\r\n$36\r\nredis.setresp(3) return {true,false}\r\n$1\r\n0\r\n
*2
~ #t
~ #f
> *3\r\n$4\r\nEVAL\r\n$49\r\nredis.setresp(3) return redis.call("set","a","b")\r\n$1\r\n0\r\n
+OK
> *3\r\n$4\r\nEVAL\r\n$71\r\nredis.setresp(3) redis.setresp(2) return type(redis.call("get","none"))\r\n$1\r\n0\r\n
$7
boolean
> *2\r\n$5\r\nHELLO\r\n$1\r\n2\r\n
...
> *3\r\n$4\r\nEVAL\r\n$52\r\nreturn {big_number="123456789012345678901234567890"}\r\n$1\r\n0\r\n
$30
123456789012345678901234567890
> *3\r\n$4\r\nEVAL\r\n$22\r\nreturn {big_number=12}\r\n$1\r\n0\r\n
*0
> *3\r\n$4\r\nEVAL\r\n$44\r\nreturn {big_number=string.char(49,13,10,50)}\r\n$1\r\n0\r\n
$4
1  2
> *3\r\n$4\r\nEVAL\r\n$19\r\nreturn {double=1.5}\r\n$1\r\n0\r\n
$3
1.5
> *3\r\n$4\r\nEVAL\r\n$19\r\nreturn {double=1/0}\r\n$1\r\n0\r\n
$3
inf
> *3\r\n$4\r\nEVAL\r\n$22\r\nreturn {double=-1e100}\r\n$1\r\n0\r\n
$7
-1e+100
> *3\r\n$4\r\nEVAL\r\n$51\r\nreturn {verbatim_string={format="txt",string="hi"}}\r\n$1\r\n0\r\n
$2
hi
> *3\r\n$4\r\nEVAL\r\n$27\r\nreturn {map={a={double=2}}}\r\n$1\r\n0\r\n
*2
$1
a
$1
2
> *3\r\n$4\r\nEVAL\r\n$21\r\nreturn {set={x=true}}\r\n$1\r\n0\r\n
*1
$1
x
> *3\r\n$4\r\nEVAL\r\n$40\r\nreturn {ok="a"..string.char(13,10).."b"}\r\n$1\r\n0\r\n
+a  b
> *3\r\n$4\r\nEVAL\r\n$64\r\nredis.setresp(3) local r=redis.call("get","none") return type(r)\r\n$1\r\n0\r\n
$3
nil
> *3\r\n$4\r\nEVAL\r\n$36\r\nredis.setresp(3) return {true,false}\r\n$1\r\n0\r\n
*2
:1
:0
> *3\r\n$4\r\nEVAL\r\n$49\r\nredis.setresp(3) return redis.call("set","a","b")\r\n$1\r\n0\r\n
+OK
> *3\r\n$4\r\nEVAL\r\n$71\r\nredis.setresp(3) redis.setresp(2) return type(redis.call("get","none"))\r\n$1\r\n0\r\n
$7
boolean
> *3\r\n$4\r\nEVAL\r\n$37\r\nreturn {err="a"..string.char(0).."b"}\r\n$1\r\n0\r\n
-a
> *3\r\n$4\r\nEVAL\r\n$54\r\nreturn {{ok=string.char(0)},{err="c"..string.char(0)}}\r\n$1\r\n0\r\n
*2
+
-c
> *3\r\n$4\r\nEVAL\r\n$41\r\nerror({err="ERR x"..string.char(0).."y"})\r\n$1\r\n0\r\n
-ERR x script: e2d76b1c3cb870f16f3725fe8c70e14c36c36dc4, on @user_script:1.
