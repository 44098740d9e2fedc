# raw
# A script that has written cannot be killed. What its client sends meanwhile waits.
# config busy-reply-threshold 50
b> *3\r\n$4\r\nEVAL\r\n$139\r\nredis.call("set","x",1) local t=redis.call("time") local s=t[1]*1e6+t[2] repeat t=redis.call("time") until t[1]*1e6+t[2]-s>1500000 return 5\r\n$1\r\n0\r\n*2\r\n$3\r\nGET\r\n$1\r\nx\r\n*2\r\n$4\r\nECHO\r\n$5\r\nlater\r\n
# sleep 0.5
> *2\r\n$6\r\nSCRIPT\r\n$4\r\nKILL\r\n
-UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.
# sleep 1.5
b>
:5
$1
1
$5
later
> *2\r\n$3\r\nGET\r\n$1\r\nx\r\n
$1
1
