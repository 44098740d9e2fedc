'use strict';
// node-redis: multi, WATCH, Pub/Sub, and the client-side cache of version 6.

const { Skip, assert, check, environment, main, rejects, sleep } = require('./harness.js');

const { createClient } = require(environment.package);
const isOld = environment.package === 'redis4';
const protocols = isOld ? [undefined] : [3, 2];
const open = (more) => createClient({
  socket: { host: '127.0.0.1', port: environment.port, reconnectStrategy: () => 10 }, ...more });
const leave = (client) => isOld ? client.disconnect() : client.destroy();
const plain = (value) => JSON.parse(JSON.stringify(value));

async function using(count, more, body) {
  const clients = Array.from({ length: count }, () => open(more));
  for (const client of clients) client.on('error', () => {});
  await Promise.all(clients.map((client) => client.connect()));
  try {
    await body(...clients);
  } finally {
    for (const client of clients) leave(client);
  }
}

async function until(condition) {
  for (let i = 0; i < 500 && !condition(); i++) await sleep(10);
  assert.ok(condition());
}

for (const protocol of protocols) {
  const suffix = protocol ? `, RESP${protocol}` : '';
  const more = protocol ? { RESP: protocol } : {};

  check(`multi${suffix}`, () => using(1, more, async (client) => {
    const replies = await client.multi().hSet('h', { a: 1, b: 2 }).hIncrBy('h', 'a', 5)
        .hGetAll('h').sAdd('s', 'x').sMembers('s').exec();
    assert.deepEqual(plain(replies), [2, 6, { a: '6', b: '2' }, 1, ['x']]);
  }));

  check(`an error within${suffix}`, () => using(1, more, async (client) => {
    await client.set('str', 'x');
    await rejects(client.multi().set('a', '1').hSet('str', 'f', '1').exec(), /fail|WRONGTYPE/);
    assert.equal(await client.get('a'), '1');
  }));

  check(`watch${suffix}`, () => using(2, more, async (client, other) => {
    await client.watch('k');
    await other.set('k', '1');
    await rejects(client.multi().set('k', '2').exec(), /watched keys/);
    assert.equal(await client.get('k'), '1');
  }));

  check(`subscribe${suffix}`, () => using(2, more, async (listener, speaker) => {
    const heard = [];
    await listener.subscribe(['news', 'sport'], (message, channel) => heard.push([channel, message]));
    await listener.pSubscribe('n*', (message, channel) => heard.push(['n*', channel, message]));
    assert.equal(await speaker.publish('sport', 'two'), 1);
    assert.equal(await speaker.publish('news', 'one'), 2);
    await until(() => heard.length === 3);
    assert.deepEqual(heard, [['sport', 'two'], ['news', 'one'], ['n*', 'news', 'one']]);
    await listener.unsubscribe(['news', 'sport']);
    await listener.pUnsubscribe('n*');
    assert.equal(await speaker.publish('news', 'x'), 0);
  }));

  check(`sharded${suffix}`, () => using(2, more, async (listener, speaker) => {
    const heard = [];
    await listener.sSubscribe('part', (message) => heard.push(message));
    assert.equal(await speaker.sPublish('part', 'x'), 1);
    await until(() => heard.length === 1);
  }));
}

check('client-side cache', async () => {
  if (isOld) throw new Skip('version 4 has none');
  const { BasicClientSideCache } = require(environment.package);
  const cache = new BasicClientSideCache({ ttl: 0, maxEntries: 0, evictPolicy: 'LRU' });
  await using(1, {}, async (writer) => {
    await writer.hSet('h', 'f', '1');
    await using(1, { RESP: 3, clientSideCache: cache }, async (reader) => {
      assert.equal(await reader.hGet('h', 'f'), '1');
      assert.equal(await reader.hGet('h', 'f'), '1');
      assert.equal(cache.stats().hitCount, 1);
      await writer.hSet('h', 'f', '2');
      await sleep(100);
      assert.equal(await reader.hGet('h', 'f'), '2');
      await writer.flushAll();
      await sleep(100);
      assert.equal(await reader.hGet('h', 'f'), null);
    });
  });
});

main(() => using(1, {}, (client) => client.flushAll()));
