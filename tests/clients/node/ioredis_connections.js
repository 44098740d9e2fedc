'use strict';
// How ioredis connects and parts: every handshake, the events around it, and what happens when
// a connection breaks.

const { Skip, assert, check, environment, main, next, rejects } = require('./harness.js');

const Redis = require(environment.package);
const protocols = environment.package === 'ioredis6' ? [3, 2] : [undefined];
const kHost = '127.0.0.1';

// A client that records every event; `trouble` must stay empty for a clean connection.
function connect(options) {
  const redis = new Redis({ host: kHost, port: environment.port, ...options });
  redis.seen = [];
  redis.trouble = [];
  for (const event of ['connect', 'ready', 'close', 'reconnecting', 'end']) {
    redis.on(event, () => redis.seen.push(event));
  }
  redis.on('error', (error) => redis.trouble.push(error.message));
  return redis;
}

// Connects, checks that only `connect, ready` happened, runs body, quits, checks the end.
async function cleanly(options, body) {
  const redis = connect(options);
  const failure = next(redis, 'error').then(([error]) => { throw error; });
  await Promise.race([next(redis, 'ready'), failure]);
  assert.deepEqual(redis.seen, ['connect', 'ready']);
  await body(redis);
  const ended = next(redis, 'end');
  assert.equal(await redis.quit(), 'OK');
  await ended;
  assert.deepEqual(redis.seen, ['connect', 'ready', 'close', 'end']);
  assert.deepEqual(redis.trouble, []);
}

for (const protocol of protocols) {
  const more = protocol ? { protocol } : {};
  const suffix = protocol ? `, RESP${protocol}` : '';
  const locked = { port: environment.passwordPort, password: environment.password, ...more };

  check(`defaults${suffix}`, () => cleanly({ ...more }, async (redis) => {
    assert.equal(await redis.ping(), 'PONG');
    assert.match(await redis.client('INFO'), protocol === 3 ? / resp=3/ : / resp=2/);
  }));

  check(`a database${suffix}`, () => cleanly({ db: 5, ...more }, async (redis) => {
    assert.match(await redis.client('INFO'), / db=5 /);
  }));

  check(`a connection name${suffix}`, () => cleanly(
      { connectionName: 'io', ...more }, async (redis) => {
        assert.equal(await redis.client('GETNAME'), 'io');
      }));

  check(`the library names itself${suffix}`, () => cleanly({ ...more }, async (redis) => {
    const info = await redis.client('INFO');
    if (!info.includes(' lib-name=')) throw new Skip('the server has no CLIENT SETINFO');
    assert.match(info, / lib-name=ioredis lib-ver=\d/);
  }));

  check(`a password${suffix}`, () => cleanly(locked, async (redis) => {
    assert.equal(await redis.ping(), 'PONG');
  }));

  check(`user, password, database and name${suffix}`, () => cleanly(
      { ...locked, username: 'default', db: 3, connectionName: 'all' }, async (redis) => {
        assert.match(await redis.client('INFO'), / name=all .* db=3 .* user=default/);
      }));

  check(`a wrong password is told${suffix}`, async () => {
    const redis = connect({ ...locked, password: 'wrong', retryStrategy: null });
    await rejects(redis.ping(), /WRONGPASS|NOAUTH|Connection is closed|Stream isn't writeable/);
    assert.match(redis.trouble.join(), /WRONGPASS invalid username-password pair or user is dis/);
    redis.disconnect();
  });

  check(`a missing password is told${suffix}`, async () => {
    const redis = connect({ ...locked, password: undefined, retryStrategy: null });
    await rejects(redis.get('k'), /NOAUTH|Connection is closed|Stream isn't writeable/);
    redis.disconnect();
  });

  check(`readOnly connects${suffix}`, async () => {
    const redis = connect({ readOnly: true, ...more });
    await next(redis, 'ready');
    assert.equal(await redis.get('k'), null);
    redis.disconnect();
  });

  check(`a client comes back after CLIENT KILL${suffix}`, async () => {
    const redis = connect({ retryStrategy: () => 10, ...more });
    await next(redis, 'ready');
    const id = await redis.client('ID');
    const admin = connect(more);
    const again = next(redis, 'ready');
    assert.equal(await admin.client('KILL', 'ID', String(id)), 1);
    await again;
    assert.equal(await redis.ping(), 'PONG');
    assert.notEqual(await redis.client('ID'), id);
    redis.disconnect();
    admin.disconnect();
  });

  check(`lazyConnect and offline queue${suffix}`, async () => {
    const redis = connect({ lazyConnect: true, ...more });
    assert.equal(redis.status, 'wait');
    const early = Array.from({ length: 100 }, (_, i) => redis.hset('h', `f${i}`, i));
    assert.equal((await Promise.all(early)).reduce((sum, n) => sum + n), 100);
    await redis.quit();
  });

  check(`autopipelining${suffix}`, () => cleanly(
      { enableAutoPipelining: true, ...more }, async (redis) => {
        const added = Array.from({ length: 1000 }, (_, i) => redis.sadd('s', i));
        assert.equal((await Promise.all(added)).reduce((sum, n) => sum + n), 1000);
        await rejects(redis.hget('s', 'f'), /^WRONGTYPE/);
      }));
}

check('a unix socket', () => cleanly(
    { path: environment.unixPath, port: undefined, host: undefined },
    async (redis) => { assert.match(await redis.client('INFO'), / flags=\S*U/); }));

check('a url with database and password', async () => {
  const password = encodeURIComponent(environment.password);
  const redis = new Redis(`redis://default:${password}@${kHost}:${environment.passwordPort}/9`);
  assert.match(await redis.client('INFO'), / db=9 /);
  await redis.quit();
});

check('select survives a reconnection', async () => {
  const redis = connect({ retryStrategy: () => 10 });
  await redis.select(6);
  const again = next(redis, 'close').then(() => next(redis, 'ready'));
  redis.disconnect(true);
  await again;
  assert.match(await redis.client('INFO'), / db=6 /);
  redis.disconnect();
});

check('fifty clients at once', async () => {
  const clients = Array.from({ length: 50 }, () => connect({}));
  await Promise.all(clients.map((redis, i) => redis.hset('many', i, i)));
  assert.equal(await clients[0].hlen('many'), 50);
  await Promise.all(clients.map((redis) => redis.quit()));
  assert.deepEqual(clients.flatMap((redis) => redis.trouble), []);
});

check('quit answers after everything before it', async () => {
  const redis = connect({});
  const replies = [];
  for (let i = 0; i < 100; i++) redis.incr('n').then((n) => replies.push(n));
  assert.equal(await redis.quit(), 'OK');
  assert.equal(replies.length, 100);
});

check('monitor mode', async () => {
  const redis = connect({});
  const monitor = await redis.monitor();
  const seen = new Promise((resolve) => {
    monitor.on('monitor', (time, words) => { if (words[1] === 'watched') resolve(words); });
  });
  await redis.hset('watched', 'f', 'v');
  assert.deepEqual(await seen, ['hset', 'watched', 'f', 'v']);
  monitor.disconnect();
  redis.disconnect();
});

const admin = new Redis({ host: kHost, port: environment.port });
main(async () => { await admin.flushall(); });
