# MessagePack, both ways.
> EVAL "return cmsgpack.pack(1)" 0
"\x01"
> EVAL "return cmsgpack.pack(-1,127,128,-32,-33,255,256,65535,65536,4294967295,4294967296,-128,-129,-32768,-32769,-2147483648,-2147483649,1e15,2^53,2^63,2^64)" 0
"\xff\x7f\xcc\x80\xe0\xd0\xdf\xcc\xff\xcd\x01\x00\xcd\xff\xff\xce\x00\x01\x00\x00\xce\xff\xff\xff\xff\xcf\x00\x00\x00\x01\x00\x00\x00\x00\xd0\x80\xd1\xff\x7f\xd1\x80\x00\xd2\xff\xff\x7f\xff\xd2\x80\x00\x00\x00\xd3\xff\xff\xff\xff\x7f\xff\xff\xff\xcf\x00\x03\x8d~\xa4\xc6\x80\x00\xcf\x00 \x00\x00\x00\x00\x00\x00\xca_\x00\x00\x00\xca_\x80\x00\x00"
> EVAL "return cmsgpack.pack(1.5,0.1,1e100,1/0,-0.5)" 0
"\xca?\xc0\x00\x00\xcb?\xb9\x99\x99\x99\x99\x99\x9a\xcbT\xb2I\xad%\x94\xc3}\xca\x7f\x80\x00\x00\xca\xbf\x00\x00\x00"
> EVAL "return cmsgpack.pack('a',string.rep('b',31),string.rep('c',32),string.rep('d',256))" 0
"\xa1a\xbfbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\xd9 cccccccccccccccccccccccccccccccc\xda\x01\x00dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
> EVAL "return cmsgpack.pack(nil,true,false)" 0
"\xc0\xc3\xc2"
> EVAL "return cmsgpack.pack({1,2,3},{a=1},{},{1,2,nil,4},{[1]=1,[3]=3},{1,a=2})" 0
"\x93\x01\x02\x03\x81\xa1a\x01\x90\x83\x01\x01\x02\x02\x04\x04\x82\x01\x01\x03\x03\x82\x01\x01\xa1a\x02"
> EVAL "return cmsgpack.pack(function() end)" 0
"\xc0"
> EVAL "return cmsgpack.pack({function() end})" 0
"\x91\xc0"
> EVAL "return cmsgpack.pack()" 0
(error) ERR user_script:1: bad argument #0 to 'pack' (MessagePack pack needs input.) script: 6bc235afa55de88253e203cc5fe5844792e25209, on @user_script:1.
> EVAL "local t={} t.t=t return cmsgpack.pack(t)" 0
"\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\x81\xa1t\xc0"
> EVAL "local t={1} for i=1,20 do t={t} end return cmsgpack.pack(t)" 0
"\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\xc0"
> EVAL "return {cmsgpack.unpack('\\1\\2\\3')}" 0
1) (integer) 1
2) (integer) 2
3) (integer) 3
> EVAL "return cmsgpack.unpack('')" 0
(nil)
> EVAL "return cmsgpack.unpack('\\203')" 0
(error) ERR user_script:1: Missing bytes in input. script: ec7c4c86627323cd247b270f474582aae2e99af2, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\193')" 0
(error) ERR user_script:1: Bad data format in input. script: dc135bd7bc2955014f03280e151acf74360378e7, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\146\\1')" 0
(error) ERR user_script:1: Missing bytes in input. script: a554dbe54e9b5e6d26753c722e2cef5aded0e5e2, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\165ab')" 0
(error) ERR user_script:1: Missing bytes in input. script: 05dc30a077106004fb70d30dbc601a6099309484, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\221\\255\\255\\255\\255')" 0
(error) ERR user_script:1: Missing bytes in input. script: d927de6b02ace026366ff615f6b86eded580403b, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\223\\255\\255\\255\\255')" 0
(error) ERR user_script:1: Missing bytes in input. script: 7daf2150903dbcda75a0056fb3e4c1d3764c1d80, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\198\\255\\255\\255\\255')" 0
(error) ERR user_script:1: Bad data format in input. script: 151dd0060c8f7dbf1d0eba2a5a23e68587743fe3, on @user_script:1.
> EVAL "return cmsgpack.unpack()" 0
(error) ERR user_script:1: bad argument #1 to 'unpack' (string expected, got no value) script: 78103c0f3f46e5897cb5d2fad8dfb28bd38e0eeb, on @user_script:1.
> EVAL "return cmsgpack.unpack({})" 0
(error) ERR user_script:1: bad argument #1 to 'unpack' (string expected, got table) script: 1bf8d78c3e2298775df6934cb05254905d2c8ddc, on @user_script:1.
> EVAL "return {cmsgpack.unpack_one('\\1\\2')}" 0
1) (integer) 1
2) (integer) 1
> EVAL "return {cmsgpack.unpack_one('\\1\\2',1)}" 0
1) (integer) -1
2) (integer) 2
> EVAL "return {cmsgpack.unpack_one('\\1\\2',2)}" 0
1) (integer) -1
> EVAL "return {cmsgpack.unpack_one('\\1\\2',3)}" 0
(error) ERR user_script:1: Start offset 3 greater than input length 2. script: bab86758dca3c38da7cbc649c1cb7e8ee74dc523, on @user_script:1.
> EVAL "return {cmsgpack.unpack_one('\\1\\2',-1)}" 0
(error) ERR user_script:1: Invalid request to unpack with offset of -1 and limit of 2. script: bc226c193c60344f19215bd767c181c0c9835bc7, on @user_script:1.
> EVAL "return {cmsgpack.unpack_limit('\\1\\2\\3',2)}" 0
1) (integer) 2
2) (integer) 1
3) (integer) 2
> EVAL "return {cmsgpack.unpack_limit('\\1\\2\\3',2,1)}" 0
1) (integer) -1
2) (integer) 2
3) (integer) 3
> EVAL "return {cmsgpack.unpack_limit('\\1\\2\\3',-1)}" 0
(error) ERR user_script:1: Invalid request to unpack with offset of 0 and limit of 3. script: 4e8c6ef161918f2fa6530f559cf0b9028e7495fd, on @user_script:1.
> EVAL "return {cmsgpack.unpack_limit('\\1\\2\\3',0)}" 0
1) (integer) 1
2) (integer) 2
3) (integer) 3
> EVAL "return {cmsgpack.unpack('\\1',2)}" 0
1) (integer) 1
> EVAL "return cmsgpack.unpack('\\207\\255\\255\\255\\255\\255\\255\\255\\255')" 0
(integer) -1
> EVAL "return cmsgpack.unpack('\\211\\255\\255\\255\\255\\255\\255\\255\\255')" 0
(integer) -1
> EVAL "return cmsgpack.unpack('\\202\\63\\192\\0\\0')*2" 0
(integer) 3
> EVAL "return cmsgpack.unpack('\\129\\161a\\1').a" 0
(integer) 1
> EVAL "return cmsgpack.unpack('\\212\\1\\1')" 0
(error) ERR user_script:1: Bad data format in input. script: cf19445e5530b346880b9a93636b778506b3b9c1, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\196\\1a')" 0
(error) ERR user_script:1: Bad data format in input. script: 6f8b916f0f73238529184461236248e68f5e450b, on @user_script:1.
> EVAL "return cmsgpack.unpack('\\217\\1a')" 0
"a"
> EVAL "return cmsgpack.unpack('\\218\\0\\1a')" 0
"a"
> EVAL "return cmsgpack.unpack('\\219\\0\\0\\0\\1a')" 0
"a"
> EVAL "return tostring(cmsgpack.unpack('\\192'))" 0
"nil"
> EVAL "return tostring(cmsgpack.unpack('\\194'))" 0
"false"
