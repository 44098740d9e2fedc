> COMMAND DOCS hget
1) "hget"
...
~ .*"summary"
...
~ .*"since"
~ .*"2\.0\.0"
~ .*"group"
~ .*"hash"
...
~ .*"arguments"
...
3>
1# "hget" => 
~    1# "summary" => ".+"
   2# "since" => "2.0.0"
   3# "group" => "hash"
...
