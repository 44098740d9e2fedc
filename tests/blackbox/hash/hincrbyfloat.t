# HINCRBYFLOAT answers the new value as a bulk string in both protocols.
> HINCRBYFLOAT h n 10.5
"10.5"
> HINCRBYFLOAT h n 0.1
"10.6"
> HGET h n
"10.6"
> HSET h exponent 5.0e3
(integer) 1
> HINCRBYFLOAT h exponent 0
"5000"
> HINCRBYFLOAT h tenths 0.1
"0.1"
> HINCRBYFLOAT h tenths 0.2
"0.3"
> HINCRBYFLOAT h tiny 1e-17
"0.00000000000000001"
> HINCRBYFLOAT h lost 1e-18
"0"
> HINCRBYFLOAT h hex 0x10
"16"
> HINCRBYFLOAT h negative -0
"0"
> HINCRBYFLOAT h whole 3.0
"3"
> HINCRBYFLOAT h whole -3.0
"0"
> HINCRBYFLOAT h big 1.7976931348623157e308
"179769313486231569995921046774104434048386446944329178485314420765176628523124396354701868608387085564428793419425520689308708363451136055357897278026477617073498977686288394835618163294045594434929537447290627480669417384648879122776218333598953852832103282504751611691208117720159985926376802466863339536384"
> HINCRBYFLOAT h plus +1.5
"1.5"
> HSET h integer 9223372036854775807
(integer) 1
> HINCRBYFLOAT h integer 1
"9223372036854775808"

# Increments that are no number.
> HINCRBYFLOAT h n abc
(error) ERR value is not a valid float
> HINCRBYFLOAT h n ""
(error) ERR value is not a valid float
> HINCRBYFLOAT h n " 1"
(error) ERR value is not a valid float
> HINCRBYFLOAT h n "1 "
(error) ERR value is not a valid float
> HINCRBYFLOAT h n nan
(error) ERR value is not a valid float
> HINCRBYFLOAT h n 1e4933
(error) ERR value is not a valid float
> HINCRBYFLOAT h n 1e-5000
(error) ERR value is not a valid float

# Infinity is a number to the parser and refused as an increment.
> HINCRBYFLOAT h n inf
(error) ERR value is NaN or Infinity
> HINCRBYFLOAT h n -inf
(error) ERR value is NaN or Infinity
> HGET h n
"10.6"

# Stored values that are no number.
> HSET h text abc infinite inf empty "" spaced " 1"
(integer) 4
> HINCRBYFLOAT h text 1
(error) ERR hash value is not a float
> HINCRBYFLOAT h infinite 1
(error) ERR increment would produce NaN or Infinity
> HINCRBYFLOAT h empty 1
(error) ERR hash value is not a float
> HINCRBYFLOAT h spaced 1
(error) ERR hash value is not a float

> HINCRBYFLOAT missing n abc
(error) ERR value is not a valid float
> EXISTS missing
(integer) 0
> HINCRBYFLOAT h n
(error) ERR wrong number of arguments for 'hincrbyfloat' command
> HINCRBYFLOAT h n 1 2
(error) ERR wrong number of arguments for 'hincrbyfloat' command
> SADD set x
(integer) 1
> HINCRBYFLOAT set n 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
