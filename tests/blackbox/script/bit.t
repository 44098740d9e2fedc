# Operations on 32 bits.
> EVAL "return bit.tohex(1,-2147483648)" 0
"00000001"
> EVAL "return bit.tohex(1,3)" 0
"001"
> EVAL "return bit.tobit(2^32+5)" 0
(integer) 5
> EVAL "return bit.tobit(-1.5)" 0
(integer) -2
> EVAL "return bit.tobit(1.5)" 0
(integer) 2
> EVAL "return bit.tobit(2.5)" 0
(integer) 2
> EVAL "return bit.tobit('0x10')" 0
(integer) 16
> EVAL "return bit.tobit()" 0
(error) ERR user_script:1: bad argument #1 to 'tobit' (number expected, got no value) script: 6058df6fbdf91c1b96015f209fb1a490233f2272, on @user_script:1.
> EVAL "return bit.tobit({})" 0
(error) ERR user_script:1: bad argument #1 to 'tobit' (number expected, got table) script: c9c355caabcd207bb2074ae3fd5cc71de2ef4e3e, on @user_script:1.
> EVAL "return bit.tobit(1e30)" 0
(integer) 966823194
> EVAL "return bit.tobit(2^40+0.5)" 0
(integer) 0
> EVAL "return bit.bnot(0)" 0
(integer) -1
> EVAL "return bit.band()" 0
(error) ERR user_script:1: bad argument #1 to 'band' (number expected, got no value) script: 5cf53f885283a4f44a8fe7ad7e7fccaed4113e62, on @user_script:1.
> EVAL "return bit.band(7,3,2)" 0
(integer) 2
> EVAL "return bit.bor(1,2,4)" 0
(integer) 7
> EVAL "return bit.bxor(7,2)" 0
(integer) 5
> EVAL "return bit.lshift(1,31)" 0
(integer) -2147483648
> EVAL "return bit.lshift(1,32)" 0
(integer) 1
> EVAL "return bit.lshift(1,-1)" 0
(integer) -2147483648
> EVAL "return bit.rshift(-1,28)" 0
(integer) 15
> EVAL "return bit.arshift(-16,2)" 0
(integer) -4
> EVAL "return bit.rol(0x12345678,12)" 0
(integer) 1164411171
> EVAL "return bit.ror(0x12345678,12)" 0
(integer) 1736516421
> EVAL "return bit.bswap(0x12345678)" 0
(integer) 2018915346
> EVAL "return bit.tohex(255)" 0
"000000ff"
> EVAL "return bit.tohex(-1)" 0
"ffffffff"
> EVAL "return bit.tohex(255,4)" 0
"00ff"
> EVAL "return bit.tohex(255,-4)" 0
"00FF"
> EVAL "return bit.tohex(0xdeadbeef,-4)" 0
"BEEF"
> EVAL "return bit.tohex(1,0)" 0
""
> EVAL "return bit.tohex(1,100)" 0
"00000001"
> EVAL "return bit.tohex(1,-100)" 0
"00000001"
> EVAL "return bit.tohex(0x1234,2)" 0
"34"
> EVAL "return bit.tobit(0/0)" 0
(integer) 0
> EVAL "return bit.tobit(1/0)" 0
(integer) 0
> EVAL "return bit.lshift(1)" 0
(error) ERR user_script:1: bad argument #2 to 'lshift' (number expected, got no value) script: 96ef0de5140ab932215a1863ca1373f10f03b7a6, on @user_script:1.
