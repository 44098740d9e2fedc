'use strict';
// What programs do with ioredis: the jobs of documents 001 and 003, scan streams, pipelines,
// buffers, errors. Runs for ioredis 5 (RESP2) and for ioredis 6 in both protocols.

const { assert, check, environment, main, rejects, sleep } = require('./harness.js');

const Redis = require(environment.package);
const protocols = environment.package === 'ioredis6' ? [3, 2] : [undefined];
const admin = new Redis({ port: environment.port, host: '127.0.0.1' });

function job(name, body) {
  for (const protocol of protocols) {
    check(protocol ? `${name}, RESP${protocol}` : name, async () => {
      const options = { port: environment.port, host: '127.0.0.1' };
      if (protocol) options.protocol = protocol;
      const redis = new Redis(options);
      try {
        await body(redis, protocol);
      } finally {
        redis.disconnect();
      }
    });
  }
}

job('a profile is written, read, changed', async (redis) => {
  const profile = { name: 'Alice', email: 'alice@example.com', age: 30, city: 'NYC' };
  assert.equal(await redis.hset('user:1', profile), 4);
  assert.deepEqual(await redis.hgetall('user:1'), { ...profile, age: '30' });
  assert.equal(await redis.hget('user:1', 'email'), 'alice@example.com');
  assert.equal(await redis.hget('user:1', 'phone'), null);
  assert.deepEqual(await redis.hmget('user:1', 'name', 'phone', 'city'), ['Alice', null, 'NYC']);
  assert.equal(await redis.hset('user:1', { city: 'LA', zip: '90001' }), 1);
  assert.equal(await redis.hset('user:1', 'city', 'SF', 'state', 'CA'), 1);
  assert.equal(await redis.hincrby('user:1', 'login_count', 1), 1);
  assert.equal(await redis.hincrby('user:1', 'age', -2), 28);
  assert.equal(await redis.hdel('user:1', 'zip', 'state', 'absent'), 2);
  assert.deepEqual(await redis.hkeys('user:1'), ['name', 'email', 'age', 'city', 'login_count']);
  assert.deepEqual(await redis.hvals('user:1'), ['Alice', 'alice@example.com', '28', 'SF', '1']);
  assert.equal(await redis.hexists('user:1', 'age'), 1);
  assert.equal(await redis.hlen('user:1'), 5);
  assert.equal(await redis.hstrlen('user:1', 'name'), 5);
  assert.equal(await redis.hsetnx('user:1', 'name', 'Bob'), 0);
  assert.deepEqual(await redis.hgetall('nobody'), {});
  assert.equal(await redis.exists('user:1'), 1);
  assert.equal(await redis.del('user:1'), 1);
});

job('hset takes maps and arrays', async (redis) => {
  assert.equal(await redis.hset('h', new Map([['a', 1], ['b', 'zwei']])), 2);
  assert.equal(await redis.hset('h', ['c', 3]), 1);
  assert.equal(await redis.hmset('h', { d: 4 }), 'OK');
  assert.deepEqual(await redis.hgetall('h'), { a: '1', b: 'zwei', c: '3', d: '4' });
});

job('products count their stock and price', async (redis) => {
  await redis.hset('product:1', { name: 'Laptop', price: '1999.99', stock: '5', rating: '4.8' });
  assert.equal(await redis.hincrby('product:1', 'stock', -1), 4);
  assert.equal(parseFloat(await redis.hincrbyfloat('product:1', 'price', -99.99)), 1900);
  assert.equal(await redis.hget('product:1', 'price'), '1900');
  await rejects(redis.hincrby('product:1', 'name', 1), /^ERR hash value is not an integer$/);
  await rejects(redis.hincrbyfloat('product:1', 'name', 1), /^ERR hash value is not a float$/);
});

job('a session expires', async (redis) => {
  const replies = await redis.pipeline()
      .hset('session:1', { user_id: 1 }).expire('session:1', 3600).ttl('session:1').exec();
  assert.deepEqual(replies.slice(0, 2), [[null, 1], [null, 1]]);
  assert.ok(replies[2][1] > 3590);
  assert.equal(await redis.pexpire('session:1', 40), 1);
  await sleep(80);
  assert.deepEqual(await redis.hgetall('session:1'), {});
  assert.equal(await redis.ttl('session:1'), -2);
});

job('a cart', async (redis) => {
  await redis.hincrby('cart:1', 'SKU001', 2);
  await redis.hincrby('cart:1', 'SKU002', 1);
  await redis.hset('cart:1', 'SKU001', 7);
  await redis.hdel('cart:1', 'SKU002');
  assert.deepEqual(Object.entries(await redis.hgetall('cart:1')), [['SKU001', '7']]);
  assert.equal(await redis.hlen('cart:1'), 1);
});

job('tags and visitors', async (redis) => {
  assert.equal(await redis.sadd('tags', 'a', 'b', 'a'), 2);
  assert.equal(await redis.sadd('tags', ['c', 'd']), 2);
  assert.deepEqual((await redis.smembers('tags')).sort(), ['a', 'b', 'c', 'd']);
  assert.equal(await redis.sismember('tags', 'a'), 1);
  assert.deepEqual(await redis.smismember('tags', 'a', 'z'), [1, 0]);
  assert.equal(await redis.srem('tags', 'a', 'z'), 1);
  await redis.sadd('other', 'c', 'x');
  assert.deepEqual(await redis.sinter('tags', 'other'), ['c']);
  assert.deepEqual((await redis.sunion('tags', 'other')).sort(), ['b', 'c', 'd', 'x']);
  assert.deepEqual((await redis.sdiff('tags', 'other')).sort(), ['b', 'd']);
  assert.equal(await redis.sinterstore('dst', 'tags', 'other'), 1);
  assert.equal(await redis.sintercard(2, 'tags', 'other'), 1);
  assert.equal(await redis.smove('tags', 'other', 'b'), 1);
  assert.equal(await redis.scard('other'), 3);
  assert.equal((await redis.spop('other', 2)).length, 2);
  assert.equal(typeof await redis.spop('other'), 'string');
  assert.equal(await redis.spop('other'), null);
  assert.deepEqual(await redis.spop('other', 2), []);
  assert.equal((await redis.srandmember('tags', -5)).length, 5);
});

job('random fields', async (redis) => {
  await redis.hset('h', { a: 1, b: 2 });
  assert.ok(['a', 'b'].includes(await redis.hrandfield('h')));
  assert.deepEqual((await redis.hrandfield('h', 5)).sort(), ['a', 'b']);
  assert.equal((await redis.hrandfield('h', 2, 'WITHVALUES')).flat().length, 4);
});

job('scan streams see everything', async (redis) => {
  const expected = {};
  for (let i = 0; i < 5000; i++) expected[`field:${i}`] = `value:${i}`;
  await redis.hset('big', expected);
  await redis.sadd('members', Object.keys(expected));
  const fields = {};
  for await (const part of redis.hscanStream('big', { count: 100 })) {
    for (let i = 0; i < part.length; i += 2) fields[part[i]] = part[i + 1];
  }
  assert.deepEqual(fields, expected);
  const members = new Set();
  for await (const part of redis.sscanStream('members', { match: 'field:1*', count: 500 })) {
    for (const member of part) members.add(member);
  }
  assert.equal(members.size, 1111);
  const keys = new Set();
  for await (const part of redis.scanStream({ type: 'hash' })) for (const k of part) keys.add(k);
  assert.deepEqual([...keys], ['big']);
});

job('ten thousand commands in one pipeline', async (redis) => {
  const pipeline = redis.pipeline();
  for (let i = 0; i < 10000; i++) pipeline.hset('h', `f${i}`, i);
  const replies = await pipeline.exec();
  assert.equal(replies.length, 10000);
  assert.ok(replies.every(([error, reply]) => error === null && reply === 1));
  assert.equal(await redis.hlen('h'), 10000);
  const all = await Promise.all(Array.from({ length: 10000 }, (_, i) => redis.hget('h', `f${i}`)));
  assert.ok(all.every((value, i) => value === String(i)));
});

job('errors in a pipeline stay in their place', async (redis) => {
  await redis.set('str', 'x');
  const replies = await redis.pipeline().set('a', 1).hset('str', 'f', 1).get('a').exec();
  assert.equal(replies[0][1], 'OK');
  assert.match(replies[1][0].message, /^WRONGTYPE /);
  assert.equal(replies[2][1], '1');
});

job('error objects say what Redis says', async (redis) => {
  await redis.set('str', 'x');
  const error = await rejects(redis.sadd('str', 'm'),
      /^WRONGTYPE Operation against a key holding the wrong kind of value$/);
  assert.equal(error.name, 'ReplyError');
  assert.deepEqual(error.command, { name: 'sadd', args: ['str', 'm'] });
  await rejects(redis.call('NOSUCH', 'a'),
      /^ERR unknown command 'NOSUCH', with args beginning with: 'a' $/);
  await rejects(redis.call('HGET', 'k'), /^ERR wrong number of arguments for 'hget' command$/);
  await rejects(redis.client('nosuch'), /^ERR unknown subcommand 'nosuch'\. Try CLIENT HELP\.$/);
  await rejects(redis.select(99), /^ERR DB index is out of range$/);
  assert.equal(await redis.ping(), 'PONG');
});

job('buffers go and come unchanged', async (redis) => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  await redis.hset('h', bytes, bytes);
  assert.deepEqual(await redis.hgetBuffer('h', bytes), bytes);
  assert.deepEqual(await redis.hkeysBuffer('h'), [bytes]);
  await redis.sadd('s', bytes);
  assert.deepEqual(await redis.smembersBuffer('s'), [bytes]);
  await redis.set('k', bytes);
  assert.deepEqual(await redis.getBuffer('k'), bytes);
});

job('a megabyte is one value', async (redis) => {
  const big = 'ü'.repeat(1 << 19);
  await redis.hset('h', 'big', big);
  assert.equal(await redis.hget('h', 'big'), big);
  assert.equal(await redis.hstrlen('h', 'big'), 1 << 20);
  await redis.set('k', big);
  assert.equal(await redis.get('k'), big);
});

job('strings, counters and locks', async (redis) => {
  assert.equal(await redis.set('lock', 'token', 'PX', 30000, 'NX'), 'OK');
  assert.equal(await redis.set('lock', 'other', 'PX', 30000, 'NX'), null);
  assert.equal(await redis.incr('n'), 1);
  assert.equal(await redis.incrbyfloat('f', 1.5), '1.5');
  assert.deepEqual(await redis.mget('n', 'none'), ['1', null]);
  assert.equal(await redis.mset({ a: 1, b: 2 }), 'OK');
  assert.equal(await redis.getdel('a'), '1');
  assert.equal(await redis.type('lock'), 'string');
});

job('info, config and object answer', async (redis) => {
  assert.match(await redis.info(), /\r\nredis_version:\d+\.\d+\.\d+\r\n/);
  assert.match(await redis.info('keyspace'), /^# Keyspace\r\n/);
  assert.deepEqual([await redis.config('GET', 'databases')].flat(), ['databases', '16']);
  await redis.hset('h', 'a', 1);
  assert.equal(await redis.object('ENCODING', 'h'), 'listpack');
  assert.ok(await redis.memory('USAGE', 'h') > 0);
  assert.match(await redis.client('LIST'), /id=\d+ addr=127\.0\.0\.1:\d+ /);
});

if (environment.package === 'ioredis6') {
  check('resp3 mapping turns maps into objects', async () => {
    const redis = new Redis({ port: environment.port, host: '127.0.0.1', replyMapping: 'resp3' });
    await redis.hset('h', { a: 1, b: 2 });
    assert.deepEqual({ ...await redis.hgetall('h') }, { a: '1', b: '2' });
    assert.deepEqual({ ...await redis.config('GET', 'databases') }, { databases: '16' });
    redis.disconnect();
  });
}

main(async () => { await admin.flushall(); });
