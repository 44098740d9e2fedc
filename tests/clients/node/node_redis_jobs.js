'use strict';
// What programs do with node-redis 4 (RESP2) and 6 (both protocols).

const { Skip, assert, check, environment, main, rejects, sleep } = require('./harness.js');

const redisPackage = require(environment.package);
const { createClient } = redisPackage;
const isOld = environment.package === 'redis4';
const protocols = isOld ? [undefined] : [3, 2];
const kBase = { socket: { host: '127.0.0.1', port: environment.port } };
const admin = createClient(kBase);
const connected = admin.connect();

function job(name, body) {
  for (const protocol of protocols) {
    check(protocol ? `${name}, RESP${protocol}` : name, async () => {
      const client = createClient(protocol ? { ...kBase, RESP: protocol } : kBase);
      const errors = [];
      client.on('error', (error) => errors.push(error.message));
      await client.connect();
      try {
        await body(client, protocol);
      } finally {
        if (isOld) await client.disconnect();
        else client.destroy();
      }
      assert.deepEqual(errors, []);
    });
  }
}

// Replies that hold Buffers, in the way of the package's version.
function buffers(client) {
  if (!isOld) return client.withTypeMapping({ [redisPackage.RESP_TYPES.BLOB_STRING]: Buffer });
  const { commandOptions } = redisPackage;
  const options = commandOptions({ returnBuffers: true });
  return new Proxy({}, { get: (_, name) => (...words) => client[name](options, ...words) });
}

const plain = (object) => ({ ...object });

job('a profile is written, read, changed', async (client) => {
  const profile = { name: 'Alice', email: 'alice@example.com', age: 30, city: 'NYC' };
  assert.equal(await client.hSet('user:1', profile), 4);
  assert.deepEqual(plain(await client.hGetAll('user:1')), { ...profile, age: '30' });
  assert.equal(await client.hGet('user:1', 'email'), 'alice@example.com');
  assert.ok(await client.hGet('user:1', 'phone') == null);
  assert.deepEqual(await client.hmGet('user:1', ['name', 'phone']), ['Alice', null]);
  assert.equal(await client.hSet('user:1', 'city', 'LA'), 0);
  assert.equal(await client.hIncrBy('user:1', 'age', 5), 35);
  assert.equal(await client.hDel('user:1', ['age', 'absent']), 1);
  assert.deepEqual(await client.hKeys('user:1'), ['name', 'email', 'city']);
  assert.deepEqual(await client.hVals('user:1'), ['Alice', 'alice@example.com', 'LA']);
  assert.equal(Number(await client.hExists('user:1', 'name')), 1);
  assert.equal(Number(await client.hSetNX('user:1', 'name', 'Bob')), 0);
  assert.equal(await client.hLen('user:1'), 3);
  assert.equal(await client.hStrLen('user:1', 'name'), 5);
  assert.deepEqual(plain(await client.hGetAll('nobody')), {});
  assert.equal(await client.del('user:1'), 1);
});

job('products count their stock and price', async (client) => {
  await client.hSet('product:1', { price: '19.99', stock: '100', name: 'x' });
  assert.equal(await client.hIncrBy('product:1', 'stock', -5), 95);
  assert.equal(Number(await client.hIncrByFloat('product:1', 'price', 0.5)), 20.49);
  assert.equal(await client.hGet('product:1', 'price'), '20.49');
  await rejects(client.hIncrBy('product:1', 'name', 1), /^ERR hash value is not an integer$/);
});

job('a session expires', async (client) => {
  await client.hSet('session:1', { user_id: '1' });
  assert.equal(Number(await client.expire('session:1', 3600)), 1);
  assert.ok(await client.ttl('session:1') > 3590);
  await client.pExpire('session:1', 40);
  await sleep(80);
  assert.deepEqual(plain(await client.hGetAll('session:1')), {});
  assert.equal(await client.ttl('session:1'), -2);
});

job('tags and visitors', async (client) => {
  assert.equal(await client.sAdd('tags', ['a', 'b', 'c', 'a']), 3);
  assert.deepEqual([...await client.sMembers('tags')].sort(), ['a', 'b', 'c']);
  assert.equal(Number(await client.sIsMember('tags', 'a')), 1);
  assert.deepEqual((await client.smIsMember('tags', ['a', 'z'])).map(Number), [1, 0]);
  await client.sAdd('other', ['b', 'x']);
  assert.deepEqual([...await client.sInter(['tags', 'other'])], ['b']);
  assert.deepEqual([...await client.sUnion(['tags', 'other'])].sort(), ['a', 'b', 'c', 'x']);
  assert.deepEqual([...await client.sDiff(['tags', 'other'])].sort(), ['a', 'c']);
  assert.equal(await client.sInterStore('dst', ['tags', 'other']), 1);
  assert.equal(await client.sInterCard(['tags', 'other']), 1);
  assert.equal(Number(await client.sMove('tags', 'other', 'a')), 1);
  assert.equal(await client.sRem('tags', ['b', 'z']), 1);
  assert.equal(await client.sCard('tags'), 1);
  assert.equal((await client.sRandMemberCount('tags', -4)).length, 4);
  assert.ok(await client.sPop('tags') === 'c');
  assert.ok(await client.sPop('tags') == null);
});

job('random fields', async (client) => {
  await client.hSet('h', { a: '1', b: '2' });
  assert.ok(['a', 'b'].includes(await client.hRandField('h')));
  assert.deepEqual((await client.hRandFieldCount('h', 5)).sort(), ['a', 'b']);
  const pairs = await client.hRandFieldCountWithValues('h', 2);
  assert.equal(Array.isArray(pairs) ? pairs.length : Object.keys(pairs).length, 2);
});

job('iterators see everything', async (client) => {
  const expected = {};
  for (let i = 0; i < 5000; i++) expected[`field:${i}`] = `value:${i}`;
  await client.hSet('big', expected);
  await client.sAdd('members', Object.keys(expected));
  const fields = {};
  for await (const part of client.hScanIterator('big', { COUNT: 100 })) {
    for (const { field, value } of [part].flat()) fields[field] = value;
  }
  assert.deepEqual(fields, expected);
  const members = new Set();
  for await (const part of client.sScanIterator('members', { MATCH: 'field:1*', COUNT: 500 })) {
    for (const member of [part].flat()) members.add(member);
  }
  assert.equal(members.size, 1111);
  const keys = new Set();
  for await (const part of client.scanIterator({ TYPE: 'set' })) {
    for (const key of [part].flat()) keys.add(key);
  }
  assert.deepEqual([...keys], ['members']);
});

job('ten thousand commands at once', async (client) => {
  const numbers = Array.from({ length: 10000 }, (_, i) => i);
  const replies = await Promise.all(numbers.map((i) => client.hSet('h', `f${i}`, i)));
  assert.ok(replies.every((reply) => reply === 1));
  const all = await Promise.all(numbers.map((i) => client.hGet('h', `f${i}`)));
  assert.ok(all.every((value, i) => value === String(i)));
});

job('a pipeline without MULTI', async (client) => {
  await client.set('str', 'x');
  const pipeline = client.multi().set('a', 1).hSet('h', 'f', 'v').hGetAll('h');
  const replies = await pipeline.execAsPipeline();
  assert.deepEqual([replies[0], replies[1], plain(replies[2])], ['OK', 1, { f: 'v' }]);
});

job('error objects say what Redis says', async (client) => {
  await client.set('str', 'x');
  await rejects(client.sAdd('str', 'm'),
      /^WRONGTYPE Operation against a key holding the wrong kind of value$/);
  await rejects(client.sendCommand(['NOSUCH', 'a']),
      /^ERR unknown command 'NOSUCH', with args beginning with: 'a' $/);
  await rejects(client.sendCommand(['HGET', 'k']),
      /^ERR wrong number of arguments for 'hget' command$/);
  await rejects(client.sendCommand(['CLIENT', 'nosuch']),
      /^ERR unknown subcommand 'nosuch'\. Try CLIENT HELP\.$/);
  await rejects(client.select(99), /^ERR DB index is out of range$/);
  assert.equal(await client.ping(), 'PONG');
});

job('buffers go and come unchanged', async (client) => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  await client.hSet('h', bytes, bytes);
  assert.deepEqual(await buffers(client).hGet('h', bytes), bytes);
  assert.deepEqual(await buffers(client).hKeys('h'), [bytes]);
  await client.sAdd('s', bytes);
  assert.deepEqual([...await buffers(client).sMembers('s')], [bytes]);
  await client.set('k', bytes);
  assert.deepEqual(await buffers(client).get('k'), bytes);
});

job('a megabyte is one value', async (client) => {
  const big = 'ü'.repeat(1 << 19);
  await client.hSet('h', 'big', big);
  assert.equal(await client.hGet('h', 'big'), big);
  assert.equal(await client.hStrLen('h', 'big'), 1 << 20);
  await client.set('k', big);
  assert.equal(await client.get('k'), big);
});

job('strings, counters and locks', async (client) => {
  assert.equal(await client.set('lock', 'token', { PX: 30000, NX: true }), 'OK');
  assert.equal(await client.set('lock', 'other', { PX: 30000, NX: true }), null);
  assert.equal(await client.incr('n'), 1);
  assert.equal(Number(await client.incrByFloat('f', 1.5)), 1.5);
  assert.deepEqual(await client.mGet(['n', 'none']), ['1', null]);
  assert.equal(await client.mSet({ a: '1', b: '2' }), 'OK');
  assert.equal(await client.getDel('a'), '1');
  assert.equal(await client.type('lock'), 'string');
});

job('info, config and object answer', async (client) => {
  assert.match(await client.info(), /\r\nredis_version:\d+\.\d+\.\d+\r\n/);
  assert.deepEqual(plain(await client.configGet('databases')), { databases: '16' });
  await client.hSet('h', 'a', '1');
  assert.equal(await client.objectEncoding('h'), 'listpack');
  assert.ok(await client.memoryUsage('h') > 0);
  const me = await client.clientInfo();
  assert.equal(me.db, 0);
  assert.equal((await client.clientList()).filter(({ id }) => id === me.id).length, 1);
  assert.ok((await client.commandCount()) > 100);
  const [hset] = await client.commandInfo(['hset']);
  assert.equal(hset.arity, -4);
  assert.equal(Number(await client.dbSize()), 1);
});

if (!isOld) {
  job('fields without values, and taken fields', async (client) => {
    const [known] = await client.sendCommand(['COMMAND', 'INFO', 'hgetdel']);
    if (known === null) throw new Skip('the server has no HGETDEL');
    await client.hSet('h', { a: '1', b: '2', c: '3' });
    assert.deepEqual((await client.hScanNoValues('h', '0')).fields.sort(), ['a', 'b', 'c']);
    assert.deepEqual(await client.hGetDel('h', ['a', 'z']), ['1', null]);
    assert.deepEqual(await client.hGetDel('h', ['b', 'c']), ['2', '3']);
    assert.equal(await client.exists('h'), 0);
  });

  job('fields with deadlines', async (client) => {
    const [known] = await client.sendCommand(['COMMAND', 'INFO', 'hsetex']);
    if (known === null) throw new Skip('the server has no HSETEX');
    const expiration = { type: 'EX', value: 100 };
    assert.equal(await client.hSetEx('h', { a: '1', b: '2' }, { expiration, mode: 'FNX' }), 1);
    assert.equal(await client.hSetEx('h', { a: '3' }, { mode: 'FNX' }), 0);
    assert.deepEqual(await client.hGetEx('h', ['a', 'z'], { expiration: 'PERSIST' }), ['1', null]);
    assert.deepEqual(await client.hTTL('h', ['a', 'z']), [-1, -2]);
    assert.deepEqual(await client.hExpire('h', ['a', 'z'], 1000, 'NX'), [1, -2]);
    assert.deepEqual(await client.hExpireAt('h', 'b', 4102444800), [1]);
    assert.deepEqual(await client.hpExpireTime('h', 'b'), [4102444800000]);
    assert.deepEqual(await client.hPersist('h', ['a', 'b']), [1, 1]);
    assert.deepEqual(await client.hpExpire('h', ['a', 'b'], 0), [2, 2]);
    assert.equal(await client.exists('h'), 0);
  });
}

main(async () => {
  await connected;
  await admin.flushAll();
});
