# Passwords on the way to another server are shown to nobody.
# config slowlog-log-slower-than 0
> SLOWLOG RESET
OK
> MIGRATE 127.0.0.1 1 missing 0 10 COPY AUTH secret
NOKEY
> MIGRATE 127.0.0.1 1 "" 0 10 AUTH2 name secret REPLACE KEYS auth b
NOKEY
> CONFIG SET masteruser name masterauth secret
OK
> CONFIG SET masteruser "" masterauth ""
OK
> SLOWLOG GET 4
~ 1\) 1\) \(integer\) \d+
~    2\) \(integer\) \d{10}
~    3\) \(integer\) \d+
   4) 1) "CONFIG"
      2) "SET"
      3) "masteruser"
      4) "(redacted)"
      5) "masterauth"
      6) "(redacted)"
~    5\) "127\.0\.0\.1:\d+"
   6) ""
~ 2\) 1\) \(integer\) \d+
~    2\) \(integer\) \d{10}
~    3\) \(integer\) \d+
   4) 1) "CONFIG"
      2) "SET"
      3) "masteruser"
      4) "(redacted)"
      5) "masterauth"
      6) "(redacted)"
~    5\) "127\.0\.0\.1:\d+"
   6) ""
~ 3\) 1\) \(integer\) \d+
~    2\) \(integer\) \d{10}
~    3\) \(integer\) \d+
   4)  1) "MIGRATE"
       2) "127.0.0.1"
       3) "1"
       4) ""
       5) "0"
       6) "10"
       7) "AUTH2"
       8) "(redacted)"
       9) "(redacted)"
      10) "REPLACE"
      11) "KEYS"
      12) "auth"
      13) "b"
~    5\) "127\.0\.0\.1:\d+"
   6) ""
~ 4\) 1\) \(integer\) \d+
~    2\) \(integer\) \d{10}
~    3\) \(integer\) \d+
   4) 1) "MIGRATE"
      2) "127.0.0.1"
      3) "1"
      4) "missing"
      5) "0"
      6) "10"
      7) "COPY"
      8) "AUTH"
      9) "(redacted)"
~    5\) "127\.0\.0\.1:\d+"
   6) ""
