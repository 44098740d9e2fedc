# A time to live that ends after all times is taken for past.
> RESTORE k 9223372036854775807 "\x00\x01v\n\x00\x91\b\xce\xb2\x198\x8a\xce"
OK
> EXISTS k
(integer) 0
> SET k v
OK
> RESTORE k 9223372036854775807 "\x00\x01v\n\x00\x91\b\xce\xb2\x198\x8a\xce" REPLACE
OK
> EXISTS k
(integer) 0
> RESTORE k 9223372036854775807 "\x00\x01v\n\x00\x91\b\xce\xb2\x198\x8a\xce" ABSTTL
OK
> PEXPIRETIME k
(integer) 9223372036854775807
