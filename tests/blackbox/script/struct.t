# Packed binary data, both ways.
> EVAL "return struct.pack('b',1)" 0
"\x01"
> EVAL "return struct.pack('>i4<i4=i4!4i4',1,2,3,4)" 0
(error) ERR user_script:1: bad argument #1 to 'pack' (invalid format option '=') script: 421109ea81034724112a05c8a5aaea60f03318c9, on @user_script:1.
> EVAL "return struct.pack('bBhHlLtTiI',1,2,3,4,5,6,7,8,9,10)" 0
(error) ERR user_script:1: bad argument #1 to 'pack' (invalid format option 't') script: 4add0d950173fca725481611a960404da41175b0, on @user_script:1.
> EVAL "return struct.pack('i3',1)" 0
"\x01\x00\x00"
> EVAL "return struct.pack('i33',1)" 0
(error) ERR user_script:1: integral size 33 is larger than limit of 32 script: 4b5c165af2e6891884809860ebfa9b6c33a178b8, on @user_script:1.
> EVAL "return struct.pack('i32',1)" 0
"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
> EVAL "return struct.pack('i16',1)" 0
"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
> EVAL "return struct.pack('fd',1.5,2.5)" 0
"\x00\x00\xc0?\x00\x00\x00\x00\x00\x00\x04@"
> EVAL "return struct.pack('s','abc')" 0
"abc\x00"
> EVAL "return struct.pack('c3','abcdef')" 0
"abc"
> EVAL "return struct.pack('c0','abcdef')" 0
"abcdef"
> EVAL "return struct.pack('c','abcdef')" 0
"a"
> EVAL "return struct.pack('c10','abc')" 0
(error) ERR user_script:1: bad argument #3 to 'pack' (string too short) script: f7d4b90d2b89787d2c108102799ee60a2a7e8314, on @user_script:1.
> EVAL "return struct.pack('bc0',3,'abc')" 0
"\x03abc"
> EVAL "return struct.pack('x')" 0
"\x00"
> EVAL "return struct.pack('bxh',1,2)" 0
"\x01\x00\x02\x00"
> EVAL "return struct.pack('!bi',1,2)" 0
"\x01\x00\x00\x00\x02\x00\x00\x00"
> EVAL "return struct.pack('!8bd',1,2)" 0
"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00@"
> EVAL "return struct.pack('!3i',1)" 0
(error) ERR user_script:1: alignment 3 is not a power of 2 script: 8e7d0e2bbb1e6d37ab3b383660148dcb355dbf27, on @user_script:1.
> EVAL "return struct.pack('!32bi8',1,2)" 0
"\x01\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00"
> EVAL "return struct.pack('!64i',1)" 0
"\x01\x00\x00\x00"
> EVAL "return struct.pack('y',1)" 0
(error) ERR user_script:1: bad argument #1 to 'pack' (invalid format option 'y') script: 89f1e10ddd35467fa63a93e0091221a8af1352e2, on @user_script:1.
> EVAL "return struct.pack('i4294967296',1)" 0
(error) ERR user_script:1: integral size overflow script: 92bb4300d68c43c77e17f19998871ea3c0db9600, on @user_script:1.
> EVAL "return struct.pack('i2147483648',1)" 0
(error) ERR user_script:1: integral size overflow script: 26164cb8ecf6d0df5c49d5c2b6ae11cee527fc87, on @user_script:1.
> EVAL "return struct.pack('b','x')" 0
(error) ERR user_script:1: bad argument #2 to 'pack' (number expected, got string) script: b3be4b1c7f63b1dcdc3c47b08e04c9f687267ea7, on @user_script:1.
> EVAL "return struct.pack('b')" 0
(error) ERR user_script:1: bad argument #2 to 'pack' (number expected, got nil) script: fd20463fb1ef62aa4fafca9dfa083b276ab7d453, on @user_script:1.
> EVAL "return struct.pack()" 0
(error) ERR user_script:1: bad argument #1 to 'pack' (string expected, got no value) script: c9b8aed4f0633591e6252db264bf8b86b82828d5, on @user_script:1.
> EVAL "return struct.pack('b',300)" 0
","
> EVAL "return struct.pack('B',-1)" 0
"\xff"
> EVAL "return struct.pack('l',2^53)" 0
"\x00\x00\x00\x00\x00\x00 \x00"
> EVAL "return struct.pack('L',2^63)" 0
"\x00\x00\x00\x00\x00\x00\x00\x80"
> EVAL "return struct.pack('i',1.9)" 0
"\x01\x00\x00\x00"
> EVAL "return struct.pack(' b b',1,2)" 0
"\x01\x02"
> EVAL "return {struct.unpack('b','\\255')}" 0
1) (integer) -1
2) (integer) 2
> EVAL "return {struct.unpack('B','\\255')}" 0
1) (integer) 255
2) (integer) 2
> EVAL "return {struct.unpack('<hH','\\1\\255\\1\\255')}" 0
1) (integer) -255
2) (integer) 65281
3) (integer) 5
> EVAL "return {struct.unpack('>i4','\\0\\0\\1\\0')}" 0
1) (integer) 256
2) (integer) 5
> EVAL "return {struct.unpack('<i4','\\0\\0\\1')}" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: 57975b6cc2382995e3dddece819c67616cd14572, on @user_script:1.
> EVAL "return {struct.unpack('s','abc\\0def')}" 0
1) "abc"
2) (integer) 5
> EVAL "return {struct.unpack('s','abc')}" 0
(error) ERR user_script:1: unfinished string in data script: a14ba27ad2a7b239728307503b8a93667b2551a6, on @user_script:1.
> EVAL "return {struct.unpack('c2','abc')}" 0
1) "ab"
2) (integer) 3
> EVAL "return {struct.unpack('c0','abc')}" 0
(error) ERR user_script:1: format 'c0' needs a previous size script: d7fcde18cf5d973da02562f3589334c292e7700c, on @user_script:1.
> EVAL "return {struct.unpack('bc0','\\3abc')}" 0
1) "abc"
2) (integer) 5
> EVAL "return {struct.unpack('bc0','\\9abc')}" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: f1fad6a1bf59824afb6e0db218d996ea6a15746d, on @user_script:1.
> EVAL "return {struct.unpack('c','abc')}" 0
1) "a"
2) (integer) 2
> EVAL "return {struct.unpack('b','abc',2)}" 0
1) (integer) 98
2) (integer) 3
> EVAL "return {struct.unpack('b','abc',4)}" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: 97043ef6234e7f554c0a32807ae12ce1ceae1214, on @user_script:1.
> EVAL "return {struct.unpack('b','abc',5)}" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: 95345e92fb83a1984ff7faa68eafe642eb742642, on @user_script:1.
> EVAL "return {struct.unpack('b','abc',0)}" 0
(error) ERR user_script:1: bad argument #3 to 'unpack' (offset must be 1 or greater) script: 810c9ab37cef2b13b35eef6a8b839dfacfcde291, on @user_script:1.
> EVAL "return {struct.unpack('b','abc',-1)}" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: 4f33b344571d1b3e38bb9f78b07c30540eddb4e0, on @user_script:1.
> EVAL "return {struct.unpack('f','\\0\\0\\192\\63')}" 0
1) (integer) 1
2) (integer) 5
> EVAL "return tostring(struct.unpack('d',struct.pack('d',2.5)))" 0
"2.5"
> EVAL "return {struct.unpack('!8bd',struct.pack('!8bd',1,2))}" 0
1) (integer) 1
2) (integer) 2
3) (integer) 17
> EVAL "return {struct.unpack('x','a')}" 0
1) (integer) 2
> EVAL "return {struct.unpack('c2147483647','abc')}" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: fb0787e4162f6001f492565d9e0cbfa4f3058732, on @user_script:1.
> EVAL "return {struct.unpack('bc0','\\255abc')}" 0
(error) ERR user_script:1: bad argument #2 to 'unpack' (data string too short) script: dce4e3334cf59b5a7a83528e7ceb3be6e6afd101, on @user_script:1.
> EVAL "return struct.size('bhi')" 0
(integer) 7
> EVAL "return struct.size('!bhi')" 0
(integer) 8
> EVAL "return struct.size('!8bd')" 0
(integer) 16
> EVAL "return struct.size('s')" 0
(error) ERR user_script:1: bad argument #1 to 'size' (option 's' has no fixed size) script: a2a0525826ab7939ccd3f54427a862205642f28f, on @user_script:1.
> EVAL "return struct.size('c0')" 0
(error) ERR user_script:1: bad argument #1 to 'size' (option 'c0' has no fixed size) script: 18f217e7d560de92703dc71e9797e043b536e0e6, on @user_script:1.
> EVAL "return struct.size('c10')" 0
(integer) 10
> EVAL "return struct.size('c2147483647c2147483647')" 0
(integer) 4294967294
> EVAL "return struct.size('i3')" 0
(integer) 3
> EVAL "return struct.size('>!4 b i2 i4 x')" 0
(integer) 9
> EVAL "return {struct.unpack('L',string.rep('\\255',8))}" 0
1) (integer) -9223372036854775808
2) (integer) 9
> EVAL "return {struct.unpack('l',string.rep('\\255',8))}" 0
1) (integer) -1
2) (integer) 9
> EVAL "return {struct.unpack('!16 b i16',string.rep('\\1',32))}" 0
1) (integer) 1
2) (integer) 72340172838076672
3) (integer) 33
