> CLIENT ID
~ \(integer\) [1-9]\d*
> client id
~ \(integer\) [1-9]\d*
> CLIENT ID x
(error) ERR wrong number of arguments for 'client|id' command
