# needs thimble
# Lists, sorted sets, streams and the like are outside this product.
> LPUSH l a
(error) ERR unknown command 'LPUSH', with args beginning with: 'l' 'a' 
> ZADD z 1 a
(error) ERR unknown command 'ZADD', with args beginning with: 'z' '1' 'a' 
> XADD x * f v
(error) ERR unknown command 'XADD', with args beginning with: 'x' '*' 'f' 'v' 
> SETBIT b 1 1
(error) ERR unknown command 'SETBIT', with args beginning with: 'b' '1' '1' 
> PFADD p a
(error) ERR unknown command 'PFADD', with args beginning with: 'p' 'a' 
> GEOADD g 1 1 a
(error) ERR unknown command 'GEOADD', with args beginning with: 'g' '1' '1' 'a' 
