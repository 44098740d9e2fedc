# A key is found once for a run of commands on it: what happens to it in between is not missed.
> EVAL "redis.call('HSET', KEYS[1], 'a', 1) redis.call('HINCRBY', KEYS[1], 'a', 4) redis.call('DEL', KEYS[1]) return redis.call('HGET', KEYS[1], 'a')" 1 h
(nil)
> EVAL "redis.call('HSET', KEYS[1], 'a', 1) redis.call('RENAME', KEYS[1], 'other') return {redis.call('EXISTS', KEYS[1]), redis.call('HGET', 'other', 'a')}" 1 h
1) (integer) 0
2) "1"
> EVAL "redis.call('SET', KEYS[1], 'v') redis.call('DEL', KEYS[1]) redis.call('SADD', KEYS[1], 'm') return redis.call('TYPE', KEYS[1])" 1 k
set
> EVAL "local n = 0 for i = 1, 500 do redis.call('SADD', KEYS[1], 'member:' .. i) redis.call('SET', 'filler:' .. i, i) n = n + redis.call('SISMEMBER', KEYS[1], 'member:' .. i) end return {n, redis.call('SCARD', KEYS[1])}" 1 grows
1) (integer) 500
2) (integer) 500
> EVAL "redis.call('SET', KEYS[1], 'zero') redis.call('SELECT', 1) local there = redis.call('GET', KEYS[1]) redis.call('SET', KEYS[1], 'one') redis.call('SELECT', 0) return {there, redis.call('GET', KEYS[1])}" 1 both
1) (nil)
2) "zero"
> EVAL "redis.call('SET', KEYS[1], 'a') redis.call('SELECT', 1) redis.call('SET', KEYS[1], 'b') redis.call('SWAPDB', 0, 1) local b = redis.call('GET', KEYS[1]) redis.call('FLUSHALL') return {b, redis.call('GET', KEYS[1])}" 1 k
1) "a"
2) (nil)
