# What cjson.decode reads, and where it says a text goes wrong.
> EVAL "return cjson.decode('[1,2,{\"a\":null}]')" 0
1) (integer) 1
2) (integer) 2
3) (empty array)
> EVAL "return tostring(cjson.decode('[null]')[1])" 0
"userdata: (nil)"
> EVAL "return cjson.decode('{\"a\":1.5e3}').a" 0
(integer) 1500
> EVAL "return cjson.decode('')" 0
(error) ERR user_script:1: Expected value but found T_END at character 1 script: 7ff8cf86abed928f4d61a01dcc9713f0117b180a, on @user_script:1.
> EVAL "return cjson.decode('nul')" 0
(error) ERR user_script:1: Expected value but found invalid token at character 1 script: 5586fdf8c512d9c8a68678c91a0de23617e84e25, on @user_script:1.
> EVAL "return cjson.decode('{')" 0
(error) ERR user_script:1: Expected object key string but found T_END at character 2 script: 6c60bbb22c4b71b0415e4e539d6dc66cc27df21d, on @user_script:1.
> EVAL "return cjson.decode('{\"a\"')" 0
(error) ERR user_script:1: Expected colon but found T_END at character 5 script: 7e79737d44b47752451998b04c4f9fbd829395bc, on @user_script:1.
> EVAL "return cjson.decode('{\"a\":')" 0
(error) ERR user_script:1: Expected value but found T_END at character 6 script: 9ac0f551e097a39c64b39342e3f1952f29ac6e07, on @user_script:1.
> EVAL "return cjson.decode('{\"a\":1')" 0
(error) ERR user_script:1: Expected comma or object end but found T_END at character 7 script: 015a5794d1c3ef4bf06006b53c4b8c2ed3c0e795, on @user_script:1.
> EVAL "return cjson.decode('{\"a\":1,}')" 0
(error) ERR user_script:1: Expected object key string but found T_OBJ_END at character 8 script: 7e3659dd873275ff5047e436b0cc31cc91d160e4, on @user_script:1.
> EVAL "return cjson.decode('{a:1}')" 0
(error) ERR user_script:1: Expected object key string but found invalid token at character 2 script: aa371bc362872c9711669b4bae40d03d5d8403ab, on @user_script:1.
> EVAL "return cjson.decode('[1,2')" 0
(error) ERR user_script:1: Expected comma or array end but found T_END at character 5 script: c107001b5ba2ff860ee2557f64da37c4767ef4bd, on @user_script:1.
> EVAL "return cjson.decode('[1 2]')" 0
(error) ERR user_script:1: Expected comma or array end but found T_NUMBER at character 4 script: cae89247ef27d42d411c61ae44ff3af6ab258d99, on @user_script:1.
> EVAL "return cjson.decode('[1,]')" 0
(error) ERR user_script:1: Expected value but found T_ARR_END at character 4 script: d31ab1dd313d99d4ad3dac6e48cdff283bea270c, on @user_script:1.
> EVAL "return cjson.decode('1 2')" 0
(error) ERR user_script:1: Expected the end but found T_NUMBER at character 3 script: 1408d9a9f8459030a4a353692b905ad7a0ddb424, on @user_script:1.
> EVAL "return cjson.decode('\"abc')" 0
(error) ERR user_script:1: Expected value but found unexpected end of string at character 5 script: 30d67c6fb8e066eef4796bfcc59cee500c381744, on @user_script:1.
> EVAL "return cjson.decode('\"a\\\\x\"')" 0
(error) ERR user_script:1: Expected value but found invalid escape code at character 3 script: 6f1e8a067b75231ce292db1778d7e5eeb3b66342, on @user_script:1.
> EVAL "return cjson.decode('\"\\\\u00e9\\\\ud83d\\\\ude00\\\\u0041\"')" 0
"\xc3\xa9\xf0\x9f\x98\x80A"
> EVAL "return cjson.decode('\"\\\\ud83d\"')" 0
(error) ERR user_script:1: Expected value but found invalid unicode escape code at character 2 script: a6c52b6928b77ab585254f4aad3a29c682736f38, on @user_script:1.
> EVAL "return cjson.decode('\"\\\\u12\"')" 0
(error) ERR user_script:1: Expected value but found invalid unicode escape code at character 2 script: abf3d7a6907669d8b3a294456e4dca885645512f, on @user_script:1.
> EVAL "return cjson.decode('\"\\1\"')" 0
"\x01"
> EVAL "return cjson.decode('0x10')" 0
(integer) 16
> EVAL "return cjson.decode('010')" 0
(integer) 10
> EVAL "return cjson.decode('-0')" 0
(integer) 0
> EVAL "return cjson.decode('+1')" 0
(integer) 1
> EVAL "return cjson.decode('1.')" 0
(integer) 1
> EVAL "return cjson.decode('.5')" 0
(error) ERR user_script:1: Expected value but found invalid token at character 1 script: 121c0b0f2d2ad62de9456ed953ed7b854d2ec58d, on @user_script:1.
> EVAL "return cjson.decode('inf')" 0
(integer) -9223372036854775808
> EVAL "return cjson.decode('nan')" 0
(integer) -9223372036854775808
> EVAL "return cjson.decode('Infinity')" 0
(integer) -9223372036854775808
> EVAL "return cjson.decode('-inf')" 0
(integer) -9223372036854775808
> EVAL "return cjson.decode('1e400')" 0
(integer) -9223372036854775808
> EVAL "return cjson.decode('tru')" 0
(error) ERR user_script:1: Expected value but found invalid token at character 1 script: b0ae6f0426d6ff93bdff3364f547baa19aa4171b, on @user_script:1.
> EVAL "return cjson.decode('truex')" 0
(error) ERR user_script:1: Expected the end but found invalid token at character 5 script: 6e70d391cb7729b386bd9fd128f3dd0bfee15744, on @user_script:1.
> EVAL "return cjson.decode('true')" 0
(integer) 1
> EVAL "return cjson.decode('&')" 0
(error) ERR user_script:1: Expected value but found invalid token at character 1 script: 57a97f1c1bab4aefc8e3f6e464ec721a712d4144, on @user_script:1.
> EVAL "return cjson.decode(123)" 0
(integer) 123
> EVAL "return cjson.decode()" 0
(error) ERR user_script:1: bad argument #1 to 'decode' (expected 1 argument) script: 5378278d59343caf5c3375a655dfea5e69ab8a74, on @user_script:1.
> EVAL "return cjson.decode({})" 0
(error) ERR user_script:1: bad argument #1 to 'decode' (string expected, got table) script: 10c706d54b3ae7d2bcc169d647405abd961145fa, on @user_script:1.
> EVAL "return cjson.decode(string.rep('[',1001)..string.rep(']',1001))" 0
(error) ERR user_script:1: Found too many nested data structures (1001) at character 1001 script: 0452f07bcb9cdaa76a2b8ce0e1d0aad04c80908d, on @user_script:1.
> EVAL "return #cjson.decode(string.rep('[',1000)..string.rep(']',1000))" 0
(integer) 1
> EVAL "return cjson.decode('{\"a\":1,\"a\":2}').a" 0
(integer) 2
> EVAL "return cjson.decode('{\"1\":1}')['1']" 0
(integer) 1
> EVAL "return cjson.decode_max_depth()" 0
(integer) 1000
> EVAL "return cjson.decode_invalid_numbers()" 0
(integer) 1
