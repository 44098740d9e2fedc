# The table library and what belongs to it.
> EVAL "return unpack({},0,2147483647)" 0
(error) ERR user_script:1: too many results to unpack script: a31797ef14b84d27838a35cae318e9efb01a4060, on @user_script:1.
> EVAL "return table.concat({1,2,{}})" 0
(error) ERR user_script:1: invalid value (table) at index 3 in table for 'concat' script: 01fb6dd0549f02cd645a08148c71de6af711c4e9, on @user_script:1.
> EVAL "return table.getn({1,2})" 0
(integer) 2
> EVAL "return table.setn({},1)" 0
(error) ERR user_script:1: 'setn' is obsolete script: 48207da98200a2c38e9d38b565965eaa9f59d7b5, on @user_script:1.
> EVAL "return table.maxn({1,2,[10]=1})" 0
(integer) 10
> EVAL "return table.foreach({1,2},function(k,v) return v end)" 0
(integer) 1
> EVAL "return table.insert({},1,2,3)" 0
(error) ERR user_script:1: wrong number of arguments to 'insert' script: 21e4963c848a06be26a7146484a2075beb19eac9, on @user_script:1.
> EVAL "return table.insert({})" 0
(error) ERR user_script:1: wrong number of arguments to 'insert' script: 6f70a70c2df6fc28a7e15d263f1f68d15705541e, on @user_script:1.
> EVAL "return table.sort({1,'a'})" 0
(error) ERR attempt to compare string with number script: d842e0d5fe62d1915d785c6c091e02d907ff6e68, on @user_script:1.
> EVAL "return table.sort({3,2,1,4},function(a,b) return true end)" 0
(error) ERR user_script:1: invalid order function for sorting script: 93add7aad0113ca6613ff74feb2167a1ca7ec15b, on @user_script:1.
> EVAL "return select('#',1,2)" 0
(integer) 2
> EVAL "return select(-1,1,2)" 0
(integer) 2
> EVAL "return select(0,1,2)" 0
(error) ERR user_script:1: bad argument #1 to 'select' (index out of range) script: a38946a5a2f9465e163b1a29de6c25795cdcb14e, on @user_script:1.
