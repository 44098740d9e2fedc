# raw
# What a script calls an error counts by its first word, if that looks like a code.
> CONFIG RESETSTAT\r\n
+OK
> EVAL "return {err='X\\\\r\\\\nrole:slave y'}" 0\r\n
-X  role:slave y
> EVAL "return {err='NOSPACE'}" 0\r\n
-NOSPACE
> EVAL "return {err='A:B=1 x'}" 0\r\n
-A:B=1 x
> EVAL "return {err='A#B x'}" 0\r\n
-A#B x
> EVAL "return {err=string.rep('x',32)..' y'}" 0\r\n
-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y
> EVAL "return {err=string.rep('x',33)..' y'}" 0\r\n
-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y
> EVAL "return {err=string.rep('x',31)..' y'}" 0\r\n
-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y
> EVAL "return {err=string.rep('x',30)..' y'}" 0\r\n
-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y
> FOO\r\n
-ERR unknown command 'FOO', with args beginning with: 
> INFO errorstats\r\n
$156
~ # Errorstats
errorstat_A_B:count=1
errorstat_A_B=1:count=1
errorstat_ERR:count=5
errorstat_X:count=1
errorstat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx:count=1
(empty)
