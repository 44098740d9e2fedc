# needs thimble
# STORE would make a list, a type outside this product.
> SADD s 3 1 2
(integer) 3
> SORT s STORE dst
~ \(error\) ERR .*
> EXISTS dst
(integer) 0
