# raw
> PUBSUB\r\n
-ERR wrong number of arguments for 'pubsub' command
> PUBSUB NOSUCH\r\n
-ERR unknown subcommand 'NOSUCH'. Try PUBSUB HELP.
> PUBSUB CHANNELS\r\nPUBSUB NUMPAT\r\nPUBSUB NUMSUB\r\nPUBSUB SHARDCHANNELS\r\nPUBSUB SHARDNUMSUB\r\n
*0
:0
*0
*0
*0
b> SUBSCRIBE news\r\nSSUBSCRIBE shard\r\nPSUBSCRIBE n*\r\n
*3
$9
subscribe
$4
news
:1
*3
$10
ssubscribe
$5
shard
:1
*3
$10
psubscribe
$2
n*
:2
c> PSUBSCRIBE n* m*\r\n
*3
$10
psubscribe
$2
n*
:1
*3
$10
psubscribe
$2
m*
:2
> PUBSUB CHANNELS\r\nPUBSUB CHANNELS n*\r\nPUBSUB CHANNELS x*\r\nPUBSUB CHANNELS a b\r\n
*1
$4
news
*1
$4
news
*0
-ERR unknown subcommand or wrong number of arguments for 'CHANNELS'. Try PUBSUB HELP.
> PUBSUB NUMSUB news none shard\r\n
*6
$4
news
:1
$4
none
:0
$5
shard
:0
> PUBSUB NUMPAT\r\nPUBSUB NUMPAT x\r\n
:2
-ERR wrong number of arguments for 'pubsub|numpat' command
> PUBSUB SHARDCHANNELS\r\nPUBSUB SHARDCHANNELS x*\r\nPUBSUB SHARDCHANNELS a b\r\n
*1
$5
shard
*0
-ERR unknown subcommand or wrong number of arguments for 'SHARDCHANNELS'. Try PUBSUB HELP.
> PUBSUB SHARDNUMSUB shard news\r\n
*4
$5
shard
:1
$4
news
:0
