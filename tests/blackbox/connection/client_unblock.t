> CLIENT UNBLOCK 999999
(integer) 0
> CLIENT UNBLOCK 999999 TIMEOUT
(integer) 0
> CLIENT UNBLOCK 999999 ERROR
(integer) 0
> CLIENT UNBLOCK 999999 maybe
(error) ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR
> CLIENT UNBLOCK abc
(error) ERR value is not an integer or out of range
> CLIENT UNBLOCK
(error) ERR wrong number of arguments for 'client|unblock' command
