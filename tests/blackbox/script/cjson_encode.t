# What cjson.encode writes, and what it refuses.
> EVAL "return cjson.null" 0
(nil)
> EVAL "return tostring(cjson.null)" 0
"userdata: (nil)"
> EVAL "return cjson.encode({1,2,3})" 0
"[1,2,3]"
> EVAL "return cjson.encode({a=1})" 0
"{\"a\":1}"
> EVAL "return cjson.encode({})" 0
"{}"
> EVAL "return cjson.encode({[1]=1,[3]=3})" 0
"[1,null,3]"
> EVAL "return cjson.encode({[1]=1,[100]=3})" 0
(error) ERR user_script:1: Cannot serialise table: excessively sparse array script: 323b44c965f482c5cb1b8085cce9cdcd6ab884fd, on @user_script:1.
> EVAL "return cjson.encode({1,a=2})" 0
"{\"1\":1,\"a\":2}"
> EVAL "return cjson.encode({[1.5]=2})" 0
"{\"1.5\":2}"
> EVAL "return cjson.encode({[true]=2})" 0
(error) ERR user_script:1: Cannot serialise boolean: table key must be a number or string script: 44aa742f4527e5228931dbc47006d1e7c41be60a, on @user_script:1.
> EVAL "return cjson.encode(function() end)" 0
(error) ERR user_script:1: Cannot serialise function: type not supported script: c6600573aa08cdf0af5da6e0ef682db69a3acc00, on @user_script:1.
> EVAL "return cjson.encode({function() end})" 0
(error) ERR user_script:1: Cannot serialise function: type not supported script: aa74f3bc7cb17d535a3d8aaf56c746488fba7b39, on @user_script:1.
> EVAL "return cjson.encode(1/0)" 0
(error) ERR user_script:1: Cannot serialise number: must not be NaN or Inf script: 08ffdaa5e7f117332da21c3b5222c2ede9492c60, on @user_script:1.
> EVAL "return cjson.encode(0/0)" 0
(error) ERR user_script:1: Cannot serialise number: must not be NaN or Inf script: d3f8d4e745d6587b04e9dd216e0d4631f0a306d9, on @user_script:1.
> EVAL "return cjson.encode(0.1)" 0
"0.1"
> EVAL "return cjson.encode(1e15)" 0
"1e+15"
> EVAL "return cjson.encode(123456789012345678)" 0
"1.2345678901235e+17"
> EVAL "return cjson.encode(100)" 0
"100"
> EVAL "return cjson.encode(-0.5)" 0
"-0.5"
> EVAL "return cjson.encode(\"a\\\"b\\\\c/d\\n\\r\\t\\b\\f\\1\\127\xc3\xa9\")" 0
"\"a\\\"b\\\\c\\/d\\n\\r\\t\\b\\f\\u0001\\u007f\xc3\xa9\""
> EVAL "return cjson.encode(nil)" 0
"null"
> EVAL "return cjson.encode(true)" 0
"true"
> EVAL "return cjson.encode(cjson.null)" 0
"null"
> EVAL "return cjson.encode()" 0
(error) ERR user_script:1: bad argument #1 to 'encode' (expected 1 argument) script: fc593ea31f478c7ed65c77495cc63edeb9153530, on @user_script:1.
> EVAL "return cjson.encode(1,2)" 0
(error) ERR user_script:1: bad argument #1 to 'encode' (expected 1 argument) script: 9796fc0f4acc8ba1f9133e705bfd4aa24561765a, on @user_script:1.
> EVAL "local t={} t.t=t return cjson.encode(t)" 0
(error) ERR user_script:1: Cannot serialise, excessive nesting (1001) script: 430c40d63e6ce612463303c85d8ac6e12323b755, on @user_script:1.
> EVAL "return cjson.encode(cjson.decode('{\"a\":[],\"b\":{}}'))" 0
"{\"a\":{},\"b\":{}}"
> EVAL "return cjson.encode_max_depth()" 0
(integer) 1000
> EVAL "return cjson.encode_max_depth(0)" 0
(error) ERR user_script:1: bad argument #1 to 'encode_max_depth' (expected integer between 1 and 2147483647) script: f40da52b0819d675b8802812b1c4504462426d31, on @user_script:1.
> EVAL "return cjson.encode_max_depth('x')" 0
(error) ERR user_script:1: bad argument #1 to 'encode_max_depth' (number expected, got string) script: 4229217fa8b470676a16337a906e2b5a66e5a354, on @user_script:1.
> EVAL "return cjson.encode_max_depth(2147483648)" 0
(error) ERR user_script:1: bad argument #1 to 'encode_max_depth' (expected integer between 1 and 2147483647) script: 9fcc0d73314aa2a6178127676979dd56649da85e, on @user_script:1.
> EVAL "return {cjson.encode_sparse_array()}" 0
1) (nil)
2) (integer) 2
3) (integer) 10
> EVAL "return cjson.encode_number_precision()" 0
(integer) 14
> EVAL "return cjson.encode_number_precision(20)" 0
(error) ERR user_script:1: bad argument #1 to 'encode_number_precision' (expected integer between 1 and 14) script: ea15ad7558efbc5f98ee9d0fa4e7d058acf4061d, on @user_script:1.
> EVAL "return cjson.encode_keep_buffer()" 0
(integer) 1
> EVAL "return cjson.encode_keep_buffer('x')" 0
(error) ERR user_script:1: bad argument #1 to 'encode_keep_buffer' (invalid option 'x') script: 6f2c92f10409cc8fc8080231b0877343add2e7b1, on @user_script:1.
> EVAL "return cjson.encode_invalid_numbers()" 0
(nil)
> EVAL "return cjson.encode_invalid_numbers('null')" 0
"null"
> EVAL "return cjson.encode_invalid_numbers(false)" 0
(nil)
> EVAL "return cjson.encode_invalid_numbers('x')" 0
(error) ERR user_script:1: bad argument #1 to 'encode_invalid_numbers' (invalid option 'x') script: d0919eb606ab1137a838c04117daa31f83784e6f, on @user_script:1.
> EVAL "return type(cjson.new())" 0
"table"
> EVAL "return cjson._NAME" 0
"cjson"
> EVAL "return cjson._VERSION" 0
"2.1.0"
> EVAL "local t={} for i=1,1001 do t={t} end return cjson.encode(t)" 0
(error) ERR user_script:1: Cannot serialise, excessive nesting (1001) script: 5c8c63936d4978f4e934e84e103ab09f606f8ac2, on @user_script:1.
> EVAL "local t={} for i=1,999 do t={t} end return #cjson.encode(t)" 0
(integer) 2000
> EVAL "local t={} for i=1,1000 do t={t} end return #cjson.encode(t)" 0
(error) ERR user_script:1: Cannot serialise, excessive nesting (1001) script: ee4f9b316c65e6f6ecc640301e56f42c0ea43608, on @user_script:1.
> EVAL "return cmsgpack.pack(cjson.null)" 0
"\xc0"
