# needs thimble
# Types that are not the product's.
> RESTORE l 0 "\x12\x01\x02\n\n\x00\x00\x00\x01\x00\x81x\x02\xff\n\x00\xd1{?\xb8\\\x03\x06\x0e"
(error) ERR Bad data format: a list, which this server does not hold
> EXISTS l
(integer) 0
