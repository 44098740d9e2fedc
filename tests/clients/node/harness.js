'use strict';
// A few lines of test runner for the Node programs; prints the lines that tests/clients/run
// reads. A program is started as `node program.js PACKAGE --port N --unix PATH ...`.

const assert = require('node:assert/strict');
const { setTimeout: sleep } = require('node:timers/promises');

const kCheckTimeoutMs = 20000;
const checks = [];

function parseArguments(words) {
  const options = { package: words[0] };
  for (let i = 1; i + 1 < words.length; i += 2) options[words[i].slice(2)] = words[i + 1];
  return {
    package: options.package,
    port: Number(options.port),
    unixPath: options.unix,
    passwordPort: Number(options['password-port']),
    password: options.password,
  };
}

const environment = parseArguments(process.argv.slice(2));

// Registers a check; check(environment) rejects or throws to fail.
function check(name, body) {
  checks.push({ name, body });
}

function report(name, outcome, why = '') {
  process.stdout.write(`CASE ${JSON.stringify({ name, outcome, why })}\n`);
}

function describe(error) {
  const where = (error.stack || '').split('\n').find((l) => l.includes('/tests/clients/node/') &&
                                                            !l.includes('harness.js'));
  return `${error.name}: ${error.message}`.slice(0, 500) + (where ? ` (${where.trim()})` : '');
}

// Thrown by a check that cannot run against this server; the text says why.
class Skip extends Error {}

// Runs all checks one after another and ends the process: 0 if all passed, else 1.
async function main(reset) {
  let failed = 0;
  for (const { name, body } of checks) {
    const clock = new AbortController();
    const late = sleep(kCheckTimeoutMs, null, { signal: clock.signal, ref: false })
        .then(() => { throw new Error(`no end after ${kCheckTimeoutMs} ms`); });
    late.catch(() => {});
    try {
      await reset(environment);
      await Promise.race([body(environment), late]);
      report(name, 'passed');
    } catch (error) {
      if (error instanceof Skip) {
        report(name, 'skipped', error.message);
      } else {
        failed++;
        report(name, 'failed', describe(error));
      }
    }
    clock.abort();
  }
  process.exit(failed ? 1 : 0);
}

// An unhandled rejection or 'error' event without listener is a failure of the whole program.
process.on('uncaughtException', (error) => {
  report('no stray error', 'failed', describe(error));
  process.exit(1);
});

// Resolves with the arguments of the emitter's next such event.
function next(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...values) => resolve(values)));
}

// Rejects unless the promise rejects with a message that matches.
async function rejects(promise, pattern) {
  let error;
  try {
    const value = await promise;
    assert.fail(`got ${String(value).slice(0, 100)}, expected an error like ${pattern}`);
  } catch (caught) {
    error = caught;
  }
  assert.match(String(error.message), pattern);
  return error;
}

module.exports = { Skip, assert, check, environment, main, next, rejects, sleep };
