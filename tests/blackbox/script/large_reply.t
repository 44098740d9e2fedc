# needs thimble
# What is in a reply several times is written as often, up to a bound.
> EVAL "local t = {1} for i = 1, 40 do t = {t, t} end return t" 0
(error) ERR the reply would be too long
> EVAL "local t = {1} for i = 1, 40 do t = {map = {[1] = t, [2] = t}} end return t" 0
(error) ERR the reply would be too long
> EVAL "local s = string.rep('x', 1e7) local t = {} for i = 1, 1000 do t[i] = s end return t" 0
(error) ERR the reply would be too long
> EVAL "local t = {} for i = 1, 1000 do t[i] = 'x' end return #redis.sha1hex(cjson.encode(t))" 0
(integer) 40
> MULTI
OK
> SET a 1
QUEUED
> EVAL "local t = {1} for i = 1, 40 do t = {t, t} end return t" 0
QUEUED
> GET a
QUEUED
> EXEC
1) OK
2) (error) ERR the reply would be too long
3) "1"
