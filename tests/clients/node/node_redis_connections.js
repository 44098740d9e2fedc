'use strict';
// How node-redis connects and parts: every handshake, the events around it, broken connections.

const { Skip, assert, check, environment, main, next, rejects, sleep } = require('./harness.js');

const { createClient } = require(environment.package);
const isOld = environment.package === 'redis4';
const protocols = isOld ? [undefined] : [3, 2];
const kHost = '127.0.0.1';

function connect(options) {
  const client = createClient(options);
  client.seen = [];
  client.trouble = [];
  for (const event of ['connect', 'ready', 'end', 'reconnecting']) {
    client.on(event, () => client.seen.push(event));
  }
  client.on('error', (error) => client.trouble.push(error.message));
  return client;
}

const leave = (client) => isOld ? client.disconnect() : client.destroy();
const part = (client) => isOld ? client.quit() : client.close();

// Connects, checks the events, runs body, closes politely, checks the events again.
async function cleanly(options, body) {
  const client = connect(options);
  await client.connect();
  assert.deepEqual(client.seen, ['connect', 'ready']);
  await body(client);
  await part(client);
  assert.deepEqual(client.seen, ['connect', 'ready', 'end']);
  assert.deepEqual(client.trouble, []);
}

const info = (client) => client.sendCommand(['CLIENT', 'INFO']);

for (const protocol of protocols) {
  const suffix = protocol ? `, RESP${protocol}` : '';
  const more = protocol ? { RESP: protocol } : {};
  const open = {
    socket: { host: kHost, port: environment.port, reconnectStrategy: () => 10 },
    ...more,
  };
  const locked = {
    socket: { host: kHost, port: environment.passwordPort, reconnectStrategy: false },
    password: environment.password,
    ...more,
  };

  check(`defaults${suffix}`, () => cleanly(open, async (client) => {
    assert.equal(await client.ping(), 'PONG');
    assert.match(await info(client), protocol === 3 ? / resp=3/ : / resp=2/);
  }));

  check(`a database${suffix}`, () => cleanly({ ...open, database: 5 }, async (client) => {
    assert.match(await info(client), / db=5 /);
  }));

  check(`a name${suffix}`, () => cleanly({ ...open, name: 'nr' }, async (client) => {
    assert.equal(await client.clientGetName(), 'nr');
  }));

  check(`the library names itself${suffix}`, () => cleanly(open, async (client) => {
    const text = await info(client);
    if (!text.includes(' lib-name=')) throw new Skip('the server has no CLIENT SETINFO');
    assert.match(text, / lib-name=node-redis lib-ver=\d/);
  }));

  check(`a password${suffix}`, () => cleanly(locked, async (client) => {
    assert.equal(await client.ping(), 'PONG');
  }));

  check(`user, password, database and name${suffix}`, () => cleanly(
      { ...locked, username: 'default', database: 3, name: 'all' }, async (client) => {
        assert.match(await info(client), / name=all .* db=3 .* user=default/);
      }));

  check(`a wrong password is told${suffix}`, async () => {
    const client = connect({ ...locked, password: 'wrong' });
    await rejects(client.connect(),
        /^WRONGPASS invalid username-password pair or user is disabled\.$/);
  });

  check(`a missing password is told${suffix}`, async () => {
    const client = connect({ ...locked, password: undefined });
    if (protocol === 3) {
      await rejects(client.connect(), /^NOAUTH HELLO must be called with the client already auth/);
    } else {
      await client.connect();
      await rejects(client.get('k'), /^NOAUTH Authentication required\.$/);
      await leave(client);
    }
  });

  check(`a client comes back after CLIENT KILL${suffix}`, async () => {
    const client = connect(open);
    const admin = connect(open);
    await Promise.all([client.connect(), admin.connect()]);
    const id = await client.clientId();
    const again = next(client, 'ready');
    assert.equal(await admin.sendCommand(['CLIENT', 'KILL', 'ID', String(id)]), 1);
    await again;
    assert.equal(await client.ping(), 'PONG');
    assert.notEqual(await client.clientId(), id);
    assert.deepEqual(client.trouble, ['Socket closed unexpectedly']);
    await leave(client);
    await leave(admin);
  });

  check(`select by hand${suffix}`, async () => {
    const client = connect(open);
    await client.connect();
    await client.select(6);
    assert.match(await info(client), / db=6 /);
    await leave(client);
    assert.deepEqual(client.trouble, []);
  });

  check(`pingInterval keeps a quiet connection${suffix}`, async () => {
    const client = connect({ ...open, pingInterval: 20 });
    await client.connect();
    await sleep(120);
    assert.match(await info(client), / resp=/);
    await leave(client);
    assert.deepEqual(client.trouble, []);
  });
}

check('a unix socket', () => cleanly({ socket: { path: environment.unixPath } }, async (client) => {
  assert.match(await info(client), / flags=\S*U/);
}));

check('a url with database and password', async () => {
  const password = encodeURIComponent(environment.password);
  await cleanly({ url: `redis://default:${password}@${kHost}:${environment.passwordPort}/9` },
      async (client) => { assert.match(await info(client), / db=9 /); });
});

check('readonly connects or says why', async () => {
  const client = connect({
    socket: { host: kHost, port: environment.port, reconnectStrategy: false },
    readonly: true,
  });
  try {
    await client.connect();
    assert.equal(await client.get('k'), null);
    await leave(client);
  } catch (error) {
    assert.match(error.message, /^ERR This instance has cluster support disabled$/);
  }
});

check('fifty clients at once', async () => {
  const url = `redis://${kHost}:${environment.port}`;
  const clients = Array.from({ length: 50 }, () => connect({ url }));
  await Promise.all(clients.map((client) => client.connect()));
  await Promise.all(clients.map((client, i) => client.hSet('many', String(i), String(i))));
  assert.equal(await clients[0].hLen('many'), 50);
  await Promise.all(clients.map(part));
  assert.deepEqual(clients.flatMap((client) => client.trouble), []);
});

check('a polite end answers everything before it', async () => {
  const client = connect({ url: `redis://${kHost}:${environment.port}` });
  await client.connect();
  const replies = Array.from({ length: 100 }, () => client.incr('n'));
  await part(client);
  assert.equal((await Promise.all(replies)).at(-1), 100);
});

if (isOld) {
  check('legacy mode', async () => {
    const client = connect({ url: `redis://${kHost}:${environment.port}`, legacyMode: true });
    await client.connect();
    await new Promise((resolve, reject) => {
      client.hset('h', 'a', 1, (error) => error ? reject(error) : resolve());
    });
    const all = await client.v4.hGetAll('h');
    assert.deepEqual({ ...all }, { a: '1' });
    await client.disconnect();
  });
} else {
  check('a pool of clients', async () => {
    const { createClientPool } = require(environment.package);
    const url = `redis://${kHost}:${environment.port}`;
    const pool = createClientPool({ url }, { minimum: 2, maximum: 8 });
    await pool.connect();
    const added = Array.from({ length: 500 }, (_, i) => pool.sAdd('s', String(i)));
    assert.equal((await Promise.all(added)).reduce((sum, n) => sum + n), 500);
    await pool.close();
  });
}

const admin = createClient({ socket: { host: kHost, port: environment.port } });
const connected = admin.connect();
main(async () => {
  await connected;
  await admin.flushAll();
});
