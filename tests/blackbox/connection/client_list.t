# raw
> CLIENT SETNAME first\r\n
+OK
b> CLIENT SETNAME second\r\n
+OK
b> CLIENT ID\r\n
~ :(?P<second>\d+)
> CLIENT LIST\r\n
~ \$\d+
~ id=.*name=first .*cmd=client\|list .*\\nid=.* name=second .*cmd=client\|id .*\\n
> CLIENT LIST TYPE normal\r\n
~ \$\d+
~ id=.*name=first .*\\nid=.* name=second .*\\n
> CLIENT LIST TYPE pubsub\r\n
$0
(empty)



> CLIENT LIST TYPE master\r\n
$0
(empty)



> CLIENT LIST TYPE replica\r\n
$0
(empty)



> CLIENT LIST TYPE slave\r\n
$0
(empty)



> CLIENT LIST ID {{second}}\r\n
~ \$\d+
~ id=\d+ [^\\]* name=second [^\\]*\\n
> CLIENT LIST ID 999999 {{second}}\r\n
~ \$\d+
~ id=\d+ [^\\]* name=second [^\\]*\\n
> CLIENT LIST ID 999999\r\n
$0
(empty)



> CLIENT LIST ID 0\r\n
$0
(empty)



> CLIENT LIST ID abc\r\n
-ERR Invalid client ID
> CLIENT LIST ID\r\n
-ERR syntax error
> CLIENT LIST TYPE\r\n
-ERR syntax error
> CLIENT LIST TYPE unknown\r\n
-ERR Unknown client type 'unknown'
> CLIENT LIST unknown\r\n
-ERR syntax error
