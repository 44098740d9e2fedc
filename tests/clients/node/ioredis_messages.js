'use strict';
// ioredis: multi, WATCH, Pub/Sub, keyspace events.

const { assert, check, environment, main, sleep } = require('./harness.js');

const Redis = require(environment.package).default || require(environment.package);
const connect = (options = {}) => new Redis({ host: '127.0.0.1', port: environment.port, ...options });

async function using(count, body) {
  const clients = Array.from({ length: count }, () => connect());
  try {
    await body(...clients);
  } finally {
    for (const client of clients) client.disconnect();
  }
}

async function until(condition) {
  for (let i = 0; i < 500 && !condition(); i++) await sleep(10);
  assert.ok(condition());
}

check('multi', () => using(1, async (redis) => {
  const replies = await redis.multi().hset('h', { a: 1, b: 2 }).hincrby('h', 'a', 5).hgetall('h')
      .sadd('s', 'x').smembers('s').exec();
  assert.deepEqual(replies, [[null, 2], [null, 6], [null, { a: '6', b: '2' }], [null, 1],
    [null, ['x']]]);
}));

check('multi without pipeline', () => using(1, async (redis) => {
  await redis.multi({ pipeline: false });
  assert.equal(await redis.set('k', 'v'), 'QUEUED');
  assert.equal(await redis.get('k'), 'QUEUED');
  assert.deepEqual(await redis.exec(), [[null, 'OK'], [null, 'v']]);
}));

check('an error within', () => using(1, async (redis) => {
  await redis.set('str', 'x');
  const [first, second, third] = await redis.multi().set('a', 1).hset('str', 'f', 1).get('a').exec();
  assert.deepEqual(first, [null, 'OK']);
  assert.match(second[0].message, /^WRONGTYPE/);
  assert.deepEqual(third, [null, '1']);
}));

check('watch', () => using(2, async (redis, other) => {
  await redis.watch('k');
  await other.set('k', 1);
  assert.equal(await redis.multi().set('k', 2).exec(), null);
  assert.equal(await redis.get('k'), '1');
}));

check('subscribe', () => using(2, async (listener, speaker) => {
  const heard = [];
  listener.on('message', (channel, message) => heard.push([channel, message]));
  listener.on('pmessage', (...all) => heard.push(all));
  assert.equal(await listener.subscribe('news', 'sport'), 2);
  assert.equal(await listener.psubscribe('n*'), 3);
  assert.equal(await speaker.publish('sport', 'two'), 1);
  assert.equal(await speaker.publish('news', 'one'), 2);
  await until(() => heard.length === 3);
  assert.deepEqual(heard, [['sport', 'two'], ['news', 'one'], ['n*', 'news', 'one']]);
  assert.equal(await listener.unsubscribe('news', 'sport'), 1);
  assert.equal(await listener.punsubscribe('n*'), 0);
  assert.equal(await listener.ping(), 'PONG');
}));

check('sharded', () => using(2, async (listener, speaker) => {
  const heard = [];
  listener.on('smessage', (channel, message) => heard.push([channel, message]));
  await listener.ssubscribe('part');
  assert.equal(await speaker.spublish('part', 'x'), 1);
  await until(() => heard.length === 1);
  assert.deepEqual(heard, [['part', 'x']]);
}));

check('keyspace events', () => using(2, async (listener, writer) => {
  await writer.config('SET', 'notify-keyspace-events', 'KEA');
  const heard = [];
  listener.on('pmessage', (pattern, channel, message) => heard.push([channel, message]));
  await listener.psubscribe('__keyevent@0__:*');
  await writer.hset('h', 'f', 1);
  await writer.del('h');
  await until(() => heard.length === 2);
  await writer.config('SET', 'notify-keyspace-events', '');
  assert.deepEqual(heard, [['__keyevent@0__:hset', 'h'], ['__keyevent@0__:del', 'h']]);
}));

check('a subscription survives a lost connection', () => using(2, async (listener, speaker) => {
  const heard = [];
  listener.on('message', (channel, message) => heard.push(message));
  await listener.subscribe('news');
  await speaker.client('KILL', 'TYPE', 'pubsub');
  for (let i = 0; i < 300 && await speaker.publish('news', 'again') === 0; i++) await sleep(10);
  await until(() => heard.length > 0);
  assert.equal(heard[0], 'again');
}));

main(() => using(1, (redis) => redis.flushall()));
