# What a script calls stands in the slow log by itself, without an address.
# config slowlog-log-slower-than 0
> EVAL "redis.call('set','k','v') return 1" 0
(integer) 1
> SLOWLOG GET 2
~ \s*1\) 1\) \(integer\) \d+
~ \s*2\) \(integer\) \d+
~ \s*3\) \(integer\) \d+
   4) 1) "EVAL"
      2) "redis.call('set','k','v') return 1"
      3) "0"
~ \s*5\) "127\.0\.0\.1:\d+"
   6) ""
~ \s*2\) 1\) \(integer\) \d+
~ \s*2\) \(integer\) \d+
~ \s*3\) \(integer\) \d+
   4) 1) "set"
      2) "k"
      3) "v"
   5) "?:0"
   6) ""
