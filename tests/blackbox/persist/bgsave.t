# Transcripts run close to each other: a save may be under way already.
> SET k v
OK
> BGSAVE
Background saving started
# sleep 1
> BGSAVE SCHEDULE
Background saving started
# sleep 1
> bgsave schedule
Background saving started
# sleep 1
> BGSAVE NOW
(error) ERR syntax error
> BGSAVE SCHEDULE NOW
(error) ERR syntax error
