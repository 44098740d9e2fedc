> TIME
~ 1\) "\d{10}"
~ 2\) "\d{1,6}"
> TIME x
(error) ERR wrong number of arguments for 'time' command
