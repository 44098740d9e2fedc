> LOLWUT
~ .+
...
> LOLWUT VERSION 5
~ .+
...
> LOLWUT VERSION 6 1
~ .+
...
> LOLWUT VERSION abc
ERR value is not an integer or out of range
