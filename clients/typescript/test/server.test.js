import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createVerifier, RefusedError } from '../dist/server/index.js';
import { AUDIENCE, FakeIssuer, hash, ISSUER, now, SESSION, USER } from './fake-issuer.js';

let issuer;
let verifiers;

beforeEach(async () => {
  issuer = await FakeIssuer.start();
  verifiers = [];
});

afterEach(() => verifiers.forEach((verifier) => verifier.close()));

// By default it fetches the list only when a test says so.
async function start(options = {}) {
  const verifier = createVerifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    stream: false,
    pollInterval: 1000,
    fetch: issuer.fetch,
    ...options,
  });
  verifiers.push(verifier);
  if (issuer.list === undefined) {
    await verifier.ready;
  }
  return verifier;
}

async function refused(promise, code, status = 401) {
  const error = await promise.then(
    () => assert.fail(`${code} was expected`),
    (failure) => failure,
  );
  assert.ok(error instanceof RefusedError, error.stack);
  assert.equal(error.code, code);
  assert.equal(error.status, status);
  assert.equal(error.problem.type, `urn:auth:${code.toLowerCase().replaceAll('_', '-')}`);
  return error;
}

test('A genuine token is accepted', async () => {
  const verifier = await start();
  const claims = await verifier.verify(`Bearer ${await issuer.token()}`, { permission: 'articles:read' });
  assert.equal(claims.sub, USER);
  assert.equal(verifier.isCurrent, true);
});

test('What is not a genuine token for this service is refused', async () => {
  const verifier = await start();
  const verify = async (token) => verifier.verify(`Bearer ${await token}`);
  await refused(verifier.verify(undefined), 'MISSING_TOKEN');
  await refused(verifier.verify('Basic YTpi'), 'INVALID_FORMAT');
  await refused(verify('x.y.z'), 'INVALID_TOKEN');
  await refused(verify(issuer.token({ aud: 'another' })), 'INVALID_TOKEN');
  await refused(verify(issuer.token({ iss: 'https://evil.example' })), 'INVALID_TOKEN');
  await refused(verify(issuer.token({}, { typ: 'JWT' })), 'INVALID_TOKEN');
  await refused(verify(issuer.token({ roles: 'admin' })), 'INVALID_TOKEN');
  await refused(verify(issuer.token({ cnf: { jkt: 'x' } })), 'INVALID_TOKEN');
  for (const claims of [
    { aud: [AUDIENCE] },
    { sub: 1 },
    { client_id: null },
    { amr: 'mfa' },
    { ver: 0 },
    { iat: now() + 40 },
    { auth_time: now() + 40 },
    { auth_time: 'today' },
    { iat: now() - 10, exp: now() - 10 },
    { exp: now() + 86_410 },
  ]) {
    await refused(verify(issuer.token(claims)), 'INVALID_TOKEN');
  }
  await verify(issuer.token({ iat: now() + 20, auth_time: now() + 20, exp: now() + 86_400 }));
  await refused(verify(issuer.token({ exp: now() - 31 })), 'TOKEN_EXPIRED');
  await refused(verify(issuer.signList()), 'INVALID_TOKEN');
  const other = await FakeIssuer.start();
  await refused(verify(other.token()), 'INVALID_TOKEN');
});

test('A header has exactly three members', async () => {
  const verifier = await start();
  const verify = async (token) => verifier.verify(`Bearer ${await token}`);
  for (const header of [
    { kid: undefined },
    { kid: 1 },
    { kid: '' },
    { typ: 'application/at+jwt' },
    { jku: `${ISSUER}/.well-known/jwks.json` },
    { x5t: 'x' },
  ]) {
    await refused(verify(issuer.token({}, header, 'one')), 'INVALID_TOKEN');
  }
  await verify(issuer.signWithHeader('{"alg":"ES256","kid":"one","typ":"at+jwt"}'));
  for (const header of [
    '{"alg":"ES256","kid":"two","kid":"one","typ":"at+jwt"}',
    '{"alg":"ES256","kid":"\\u006fne","typ":"at+jwt"}',
  ]) {
    await refused(verify(issuer.signWithHeader(header)), 'INVALID_TOKEN');
  }
});

test('Revocations apply to the tokens that they are about', async () => {
  const verifier = await start();
  const verify = async (claims) => verifier.verify(`Bearer ${await issuer.token(claims)}`);
  issuer.revoke('s', '0190f000-0000-7000-8000-0000000000aa');
  issuer.revoke('u', USER, { ver: 5 });
  issuer.revoke('r', 'viewer', { ver: 2 });
  issuer.revoke('a', undefined, { iat: now() - 100 });
  issuer.revoke('x', USER); // of a later version of the service
  await verifier.refresh();

  await verify({});
  assert.equal((await refused(verify({ sid: '0190f000-0000-7000-8000-0000000000aa' }), 'TOKEN_REVOKED')).problem.refresh, undefined);
  assert.equal((await refused(verify({ ver: 2 * 2 ** 20 + 4 }), 'TOKEN_REVOKED')).problem.refresh, true);
  const role = await refused(verify({ ver: 1 * 2 ** 20 + 5 }), 'TOKEN_REVOKED');
  assert.deepEqual([role.problem.reason, role.problem.refresh], ['roles_changed', true]);
  await verify({ ver: 1 * 2 ** 20 + 5, roles: [] });
  await refused(verify({ iat: now() - 200 }), 'TOKEN_REVOKED');
});

test('Services are never told to refresh', async () => {
  const verifier = await start();
  const verify = async (claims) =>
    verifier.verify(`Bearer ${await issuer.token({ client_id: USER, auth_time: undefined, amr: undefined, ...claims })}`);
  issuer.revoke('u', USER, { ver: 5 });
  issuer.revoke('r', 'viewer', { ver: 2 });
  issuer.revoke('a', undefined, { iat: now() - 100 });
  await verifier.refresh();

  await verify({});
  const [user, role, everything] = [
    await refused(verify({ ver: 2 * 2 ** 20 + 4 }), 'TOKEN_REVOKED'),
    await refused(verify({ ver: 1 * 2 ** 20 + 5 }), 'TOKEN_REVOKED'),
    await refused(verify({ iat: now() - 200 }), 'TOKEN_REVOKED'),
  ];
  assert.equal(user.problem.refresh, undefined);
  assert.equal(everything.problem.refresh, undefined);
  assert.deepEqual([role.problem.reason, role.problem.refresh], ['roles_changed', undefined]);
});

test('A withdrawn key is refused, and the next one is found', async () => {
  const verifier = await start();
  const before = await issuer.token();
  await verifier.verify(`Bearer ${before}`);
  issuer.revoke('k', 'one');
  await issuer.rotate('two');
  await verifier.refresh();

  await refused(verifier.verify(`Bearer ${before}`), 'INVALID_TOKEN');
  await verifier.verify(`Bearer ${await issuer.token()}`);
});

test('The keys are fetched past caches until it succeeds, after one was withdrawn', async () => {
  await issuer.add('two');
  const verifier = await start();
  const stolen = await issuer.token({}, {}, 'one');
  await verifier.verify(`Bearer ${stolen}`);
  const fetches = () => issuer.requests.filter(({ path }) => path === '/.well-known/jwks.json');
  assert.equal(fetches().length, 1);

  issuer.hasKeys = false;
  issuer.revoke('k', 'one');
  for (const count of [2, 3]) {
    await verifier.refresh();
    assert.equal(fetches().length, count);
    await refused(verifier.verify(`Bearer ${stolen}`), 'INVALID_TOKEN');
    await setImmediate(); // the answer has been read
    issuer.isUnchanged = true;
  }

  issuer.hasKeys = true;
  for (let i = 0; i < 2; i++) {
    await verifier.refresh();
    await setImmediate();
  }
  assert.equal(fetches().length, 4);
  assert.ok(fetches().every(({ headers }) => headers.get('Cache-Control') === 'no-cache'));
});

test('Known keys are kept when they cannot be fetched', async (context) => {
  const verifier = await start();
  issuer.hasKeys = false;
  const elapsed = performance.now() + 16 * 60_000;
  context.mock.method(performance, 'now', () => elapsed);
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 16 * 60_000 });

  await verifier.refresh();
  await verifier.verify(`Bearer ${await issuer.token()}`);
  await issuer.add('two');
  await refused(verifier.verify(`Bearer ${await issuer.token()}`), 'INVALID_TOKEN');
});

test('Without any keys nothing is known about tokens', async () => {
  issuer.hasKeys = false;
  const verifier = await start({ startTimeout: 0.01 });
  await refused(verifier.verify(`Bearer ${await issuer.token()}`), 'SERVICE_UNAVAILABLE', 503);
  await refused(verifier.verify('Bearer x.y.z'), 'INVALID_TOKEN');
  issuer.hasKeys = true;
  await verifier.refresh();
  await verifier.verify(`Bearer ${await issuer.token()}`);
});

test('A list that is not genuine is refused, and nothing is forgotten', async () => {
  const verifier = await start();
  issuer.revoke('s', SESSION);
  await verifier.refresh();
  const good = await issuer.signList();
  const other = await FakeIssuer.start();
  const lists = [
    good.slice(0, -10),
    good.replace(/[^.]+$/, 'A'.repeat(86)),
    await issuer.token(),
    await issuer.signList({ iss: 'https://evil.example', events: [] }),
    await issuer.signList({ full: false, events: [] }),
    await issuer.signList({ events: [] }, { kid: undefined }),
    await issuer.signList({ events: [] }, { jku: ISSUER }),
    await issuer.signList({ events: [] }, { typ: 'at+jwt' }),
    await other.signList({ events: [] }),
    '',
    '<html>',
  ];
  for (const list of lists) {
    issuer.list = list;
    await assert.rejects(verifier.refresh(), undefined, list);
  }
  await refused(verifier.verify(`Bearer ${await issuer.token()}`), 'TOKEN_REVOKED');
});

test('An old list takes nothing back and extends nothing', async (context) => {
  const verifier = await start();
  const old = await issuer.signList();
  issuer.revoke('s', SESSION);
  await verifier.refresh();
  issuer.list = old;
  await verifier.refresh();
  await refused(verifier.verify(`Bearer ${await issuer.token()}`), 'TOKEN_REVOKED');

  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 120_000 });
  await verifier.refresh();
  assert.equal(verifier.isCurrent, false);
});

test('Without a current list tokens are refused or accepted, as configured', async (context) => {
  const [reject, accept] = [await start(), await start({ onStale: 'accept' })];
  issuer.revoke('s', '0190f000-0000-7000-8000-0000000000aa');
  await Promise.all([reject.refresh(), accept.refresh()]);
  const [active, revoked] = [
    await issuer.token(),
    await issuer.token({ sid: '0190f000-0000-7000-8000-0000000000aa' }),
  ];
  issuer.list = null;
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 300_000 });

  await refused(reject.verify(`Bearer ${active}`), 'SERVICE_UNAVAILABLE', 503);
  await accept.verify(`Bearer ${active}`);
  await refused(accept.verify(`Bearer ${revoked}`), 'TOKEN_REVOKED');
});

test('A service that cannot be reached is waited for no longer than configured', async () => {
  issuer.list = null;
  const verifier = await start({ startTimeout: 0.01 });
  await verifier.ready;
  const error = await refused(verifier.verify(`Bearer ${await issuer.token()}`), 'SERVICE_UNAVAILABLE', 503);
  assert.equal(error.headers['Retry-After'], '1');
});

test('A stream is followed, and one that is cut off loses nothing', async () => {
  issuer.cursor = 'cursor';
  const verifier = await start({ stream: true, pollInterval: 0.01 });
  await until(() => issuer.streams.size === 1);
  const opened = issuer.requests.find((request) => request.headers.get('Accept') === 'text/event-stream');
  assert.equal(opened.headers.get('Last-Event-ID'), 'cursor');

  issuer.revoke('s', SESSION);
  const list = await issuer.signList({ full: false });
  const text = `id: cursor\ndata: ${list}\n\n`;
  issuer.push(text.slice(0, 40));
  issuer.push(text.slice(40));
  await until(() => isRevoked(verifier, { sid: SESSION }));

  issuer.revoke('s', '0190f000-0000-7000-8000-0000000000aa');
  issuer.push(`id: cursor\ndata: ${(await issuer.signList()).slice(0, -20)}`);
  [...issuer.streams].forEach((stream) => stream.close());
  await until(() => isRevoked(verifier, { sid: '0190f000-0000-7000-8000-0000000000aa' }));
});

test('Nothing is left behind by polls', async () => {
  const warnings = [];
  const warn = (warning) => warnings.push(warning.message);
  process.on('warning', warn);
  try {
    await start({ pollInterval: 0.001 });
    while (issuer.requests.length < 50) {
      await setImmediate();
    }
  } finally {
    process.off('warning', warn);
  }
  assert.deepEqual(warnings, []); // Node.js warns of the eleventh listener
});

test('An unchanged list is not sent again', async () => {
  const verifier = await start();
  await verifier.refresh();
  assert.equal(issuer.requests.at(-1).headers.get('If-None-Match'), '"tag"');
});

test('A route can require a permission, and a recent or stronger sign-in', async () => {
  const verifier = await start();
  const verify = async (claims, requirements) => verifier.verify(`Bearer ${await issuer.token(claims)}`, requirements);
  const forbidden = await refused(verify({}, { permission: 'articles:write', maxAge: 1 }), 'FORBIDDEN', 403);
  assert.equal(forbidden.headers['WWW-Authenticate'], 'Bearer error="insufficient_scope"');

  await verify({}, { maxAge: 600 });
  const old = await refused(verify({ auth_time: now() - 700 }, { maxAge: 600 }), 'STEP_UP_REQUIRED');
  assert.equal(
    old.headers['WWW-Authenticate'],
    'Bearer error="insufficient_user_authentication", max_age="600", acr_values="pwd"',
  );
  await refused(verify({}, { acr: 'mfa' }), 'STEP_UP_REQUIRED');
  await verify({ acr: 'phr' }, { acr: 'mfa' });
  await verify({ client_id: USER, auth_time: undefined }, { acr: 'mfa', maxAge: 1 });
  assert.equal(hash('x').length, 22);
});

test('The issuer is reached over HTTPS, unless it is on this machine', async () => {
  const create = (address, options = {}) => start({ issuer: address, startTimeout: 0.01, ...options });
  for (const address of [
    'http://auth.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'ftp://localhost',
    'auth.example.com',
  ]) {
    await assert.rejects(create(address), TypeError, address);
  }
  await assert.rejects(create('ftp://localhost', { requireHttps: false }), TypeError);
  await create('http://auth.example.com', { requireHttps: false });
  for (const host of ['localhost', '127.0.0.2', '[::1]']) {
    await create(`http://${host}:5000`);
  }

  for (const name of ['jwks_uri', 'revocations_uri']) {
    issuer.discovery = { [name]: 'http://auth.example.com/plain' };
    const verifier = await create(ISSUER);
    await refused(verifier.verify(`Bearer ${await issuer.token()}`), 'SERVICE_UNAVAILABLE', 503);
    await assert.rejects(verifier.refresh(), /must use https/);
  }
  assert.ok(issuer.requests.every(({ path }) => path !== '/plain'));
});

test('Options have bounds', async () => {
  for (const clockTolerance of [-1, 301, NaN]) {
    await assert.rejects(start({ clockTolerance }), TypeError);
  }
  for (const pollInterval of [0, -1, NaN, Infinity]) {
    await assert.rejects(start({ pollInterval }), TypeError);
  }
  await start({ clockTolerance: 0 });
  await start({ clockTolerance: 300 });
});

async function isRevoked(verifier, claims) {
  return verifier.verify(`Bearer ${await issuer.token(claims)}`).then(
    () => false,
    (error) => error.code === 'TOKEN_REVOKED',
  );
}

async function until(condition) {
  for (;;) {
    if (await condition()) {
      return;
    }
    await setImmediate();
  }
}
