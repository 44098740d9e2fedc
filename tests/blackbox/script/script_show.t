# needs thimble
> SCRIPT LOAD "return 1"
"e0e1f9fabfc9d4800c877a703b823ac0578ff8db"
> SCRIPT SHOW e0e1f9fabfc9d4800c877a703b823ac0578ff8db
"return 1"
> SCRIPT SHOW x
(error) NOSCRIPT No matching script.
