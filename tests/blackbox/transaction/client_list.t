# CLIENT LIST shows what is queued and, newer than the reference, how many keys are watched.
> WATCH a b
OK
> MULTI
OK
> SET a 1
QUEUED
b> CLIENT LIST
~ id=.* flags=x .* multi=1 .*
~ id=.* flags=N .* multi=-1 .*
b> SET b 1
OK
b> CLIENT LIST
~ id=.* flags=xd .* multi=1 .*
~ id=.* flags=N .* multi=-1 .*
