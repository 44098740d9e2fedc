# Values as replies.
> EVAL "return {err='x'}" 0
(error) x
> EVAL "return {err='x y',ok='z'}" 0
(error) x y
> EVAL "return {err=1}" 0
(empty array)
> EVAL "return {ok='a\\r\\nb'}" 0
a  b
> EVAL "return {err='a\\r\\nb'}" 0
(error) a  b
> EVAL "return {ok=1}" 0
(empty array)
> EVAL "return {double=1}" 0
"1"
3>
(double) 1
> EVAL "return {map={a=1}}" 0
1) "a"
2) (integer) 1
3>
1# "a" => (integer) 1
> EVAL "return 3.99" 0
(integer) 3
> EVAL "return -3.99" 0
(integer) -3
> EVAL "return 1e300" 0
(integer) -9223372036854775808
> EVAL "return 0/0" 0
(integer) -9223372036854775808
> EVAL "return {1,2,nil,4}" 0
1) (integer) 1
2) (integer) 2
> EVAL "return {1,{2,{3,{4}}}}" 0
1) (integer) 1
2) 1) (integer) 2
   2) 1) (integer) 3
      2) 1) (integer) 4
> EVAL "return nil" 0
(nil)
> EVAL "return false" 0
(nil)
> EVAL "return true" 0
(integer) 1
> EVAL "return 'str'" 0
"str"
> EVAL return 0
(nil)
> EVAL "return 1,2" 0
(integer) 1
> EVAL "return function() end" 0
(nil)
> EVAL "return {a=1}" 0
(empty array)
> EVAL "return {tostring(1e15),tostring(0.1),tostring(1/0),tostring(-1/0),tostring(0/0),tostring(123456789012345678)}" 0
1) "1e+15"
2) "0.1"
3) "inf"
4) "-inf"
5) "-nan"
6) "1.2345678901235e+17"
> EVAL "return tonumber('0x10')" 0
(integer) 16
> EVAL "return tonumber('z',36)" 0
(integer) 35
> EVAL "return tonumber('10',99)" 0
(error) ERR user_script:1: bad argument #2 to 'tonumber' (base out of range) script: 32b9364efa595dd095092f37684dba48da9d8414, on @user_script:1.
> EVAL "return tonumber('  10  ')" 0
(integer) 10
> EVAL "return tonumber()" 0
(error) ERR user_script:1: bad argument #1 to 'tonumber' (value expected) script: f4853cecaf5a268432ec56257ce33f680863445e, on @user_script:1.
