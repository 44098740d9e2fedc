# needs 7.2
> CLIENT NO-TOUCH ON
OK
> CLIENT NO-TOUCH off
OK
> CLIENT NO-TOUCH maybe
(error) ERR syntax error
> CLIENT NO-TOUCH
(error) ERR wrong number of arguments for 'client|no-touch' command
