import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthClient } from '../dist/index.js';
import { BASE, install, json, PASSWORD, problem, settle, until } from './fake-service.js';

const ADA = { email: 'ada@example.com', password: PASSWORD };
const CHALLENGE = { challenge: 'c1', methods: ['totp', 'passkey'], expiresAt: '2026-11-28T00:05:00Z' };

async function create(t, options) {
  const auth = createAuthClient({ baseUrl: BASE, ...options });
  t.after(() => auth.close());
  await auth.getAccessToken();
  return auth;
}

/** A browser whose user answers requests for passkeys. */
function installPasskeys(t, { isModern = true, canAutofill = true } = {}) {
  const asked = [];
  let answer = () => undefined;
  const request = (kind) => (options) =>
    new Promise((resolve, reject) => {
      asked.push({ kind, ...options });
      const { signal } = options;
      if (signal.aborted) {
        return reject(signal.reason);
      }
      signal.addEventListener('abort', () => reject(signal.reason));
      answer({ kind, resolve, reject });
    });
  globalThis.PublicKeyCredential = function PublicKeyCredential() {};
  Object.assign(globalThis.PublicKeyCredential, {
    isConditionalMediationAvailable: async () => canAutofill,
    ...(isModern && {
      parseCreationOptionsFromJSON: (options) => ({ parsed: options }),
      parseRequestOptionsFromJSON: (options) => ({ parsed: options }),
    }),
  });
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: { credentials: { create: request('create'), get: request('get') } },
  });
  t.after(() => {
    delete globalThis.PublicKeyCredential;
    delete globalThis.navigator;
    if (before) {
      Object.defineProperty(globalThis, 'navigator', before);
    }
  });
  return {
    asked,
    /** The user agrees. */
    agree: (credential = { toJSON: () => ({ id: 'key' }) }) => (answer = ({ resolve }) => resolve(credential)),
    /** The request fails. */
    fail: (name) => (answer = ({ reject }) => reject(new DOMException('', name))),
    /** The user does nothing. */
    wait: () => (answer = () => undefined),
  };
}

function offerOptions(service, path, options = { challenge: 'AQID' }) {
  let count = 0;
  service.routes[`POST ${path}`] = () => json(200, { challengeToken: `t${++count}`, options });
}

/** Lets a route sign in the user of a browser. */
function signsIn(service, path) {
  service.routes[`POST ${path}`] = () => {
    delete service.routes['POST /api/auth/login'];
    return service.fetch(`${BASE}/api/auth/login`, { method: 'POST', body: JSON.stringify(ADA) });
  };
}

test('a sign-in that needs a second factor is completed by the application', async (t) => {
  const { service } = install(t);
  service.addUser(ADA.email);
  const auth = await create(t);
  service.routes['POST /api/auth/login'] = () => problem(401, 'SECOND_FACTOR_REQUIRED', CHALLENGE);

  const { secondFactor } = await auth.login(ADA).catch((error) => error);
  const { challenge, methods, expiresAt } = secondFactor;
  assert.deepEqual({ challenge, methods, expiresAt }, CHALLENGE);

  service.routes['POST /api/auth/login/second-factor'] = () => problem(401, 'INVALID_CODE');
  await assert.rejects(auth.completeLogin(challenge, { code: '000000' }), { code: 'INVALID_CODE', secondFactor: undefined });
  assert.equal(auth.state.status, 'signedOut');

  signsIn(service, '/api/auth/login/second-factor');
  const user = await auth.completeLogin(challenge, { recoveryCode: 'ABC' });
  assert.equal(user.email, ADA.email);
  assert.equal(auth.state.status, 'signedIn');
  assert.deepEqual(
    service.requests.filter(({ path }) => path.endsWith('second-factor')).map(({ body }) => body),
    [
      { challenge: 'c1', code: '000000' },
      { challenge: 'c1', recoveryCode: 'ABC' },
    ],
  );
});

test('with a token store, the device is known at the second step as well', async (t) => {
  const { service } = install(t);
  service.addUser(ADA.email);
  const store = new Map([['deviceToken', 'device-1']]);
  const auth = await create(t, {
    tokenStore: {
      getItem: (key) => store.get(key),
      setItem: (key, value) => store.set(key, value),
      removeItem: (key) => store.delete(key),
    },
  });
  const passkeys = installPasskeys(t);
  passkeys.agree();
  offerOptions(service, '/api/auth/login/passkey/options');
  signsIn(service, '/api/auth/login/second-factor');

  const proof = await auth.passkeys.getSecondFactor(CHALLENGE);
  await auth.completeLogin('c1', proof);

  const bodies = service.requests.map(({ path, body }) => [path, body]);
  assert.deepEqual(bodies.slice(0, 2), [
    ['/api/auth/login/passkey/options', { challenge: 'c1', deviceToken: 'device-1' }],
    [
      '/api/auth/login/second-factor',
      {
        challenge: 'c1',
        challengeToken: 't1',
        credential: { id: 'key' },
        refreshTokenIn: 'body',
        deviceToken: 'device-1',
      },
    ],
  ]);
});

test('onSecondFactor can use a passkey', async (t) => {
  const { service } = install(t);
  service.addUser(ADA.email);
  const auth = await create(t, { onSecondFactor: (request) => auth.passkeys.getSecondFactor(request) });
  const passkeys = installPasskeys(t);
  passkeys.agree();
  service.routes['POST /api/auth/login'] = () => problem(401, 'SECOND_FACTOR_REQUIRED', CHALLENGE);
  offerOptions(service, '/api/auth/login/passkey/options');
  signsIn(service, '/api/auth/login/second-factor');

  await auth.login(ADA);

  assert.equal(auth.state.status, 'signedIn');
});

test('each route of the factors is called with its method', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t);
  const factors = '/api/auth/factors';
  const answer = { recoveryCodes: ['A', 'B'], factor: {} };
  world.service.routes[`POST ${factors}/totp`] = () => json(201, { id: 'a/b', secret: 'S', uri: 'otpauth://' });
  world.service.routes[`POST ${factors}/totp/a%2Fb/confirm`] = () => json(200, answer);
  world.service.routes[`POST ${factors}/recovery-codes`] = () => json(200, answer);
  world.service.routes[`GET ${factors}`] = () => json(200, { factors: [], recoveryCodesLeft: 0 });
  world.service.routes[`PATCH ${factors}/a%2Fb`] = () => json(200, {});

  for (const [call, method, path, body = ''] of [
    [() => auth.listFactors(), 'GET', factors],
    [() => auth.enrolTotp('Phone'), 'POST', `${factors}/totp`, { name: 'Phone' }],
    [() => auth.enrolTotp(), 'POST', `${factors}/totp`, {}],
    [() => auth.confirmTotp('a/b', '123456'), 'POST', `${factors}/totp/a%2Fb/confirm`, { code: '123456' }],
    [() => auth.renameFactor('a/b', null), 'PATCH', `${factors}/a%2Fb`, { name: null }],
    [() => auth.renewRecoveryCodes(), 'POST', `${factors}/recovery-codes`],
    [() => auth.removeFactor('a/b'), 'DELETE', `${factors}/a%2Fb`],
  ]) {
    const result = await call();
    const request = world.service.requests.at(-1);
    assert.deepEqual([request.method, request.path, request.body], [method, path, body]);
    if (path.endsWith('confirm') || path.endsWith('codes')) {
      assert.deepEqual(result, ['A', 'B']);
    }
  }
});

test('a changed factor is followed by a refresh before the next call', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t);
  world.service.routes['POST /api/auth/factors/totp/1/confirm'] = () => json(200, { recoveryCodes: null });

  assert.equal(await auth.confirmTotp('1', '123456'), null);
  await auth.removeFactor('1');
  await auth.getAccount();

  assert.deepEqual(world.service.requests.map(({ path }) => path).slice(1), [
    '/api/auth/factors/totp/1/confirm',
    '/api/auth/refresh',
    '/api/auth/factors/1',
    '/api/auth/refresh',
    '/api/users/me',
  ]);
});

test('a factor that was changed in another tab is a refresh away', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t);
  const old = await auth.getAccessToken();
  world.service.routes['GET /api/auth/factors'] = ({ token }) =>
    token === old
      ? problem(401, 'TOKEN_REVOKED', { reason: 'factors_changed', refresh: true })
      : json(200, { factors: [], recoveryCodesLeft: 0 });

  assert.deepEqual(await auth.listFactors(), { factors: [], recoveryCodesLeft: 0 });

  assert.equal(auth.state.status, 'signedIn');
});

test('a passkey is created', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t);
  const passkeys = installPasskeys(t);
  passkeys.agree();
  offerOptions(world.service, '/api/auth/factors/passkeys/options', { challenge: 'AQID' });
  world.service.routes['POST /api/auth/factors/passkeys'] = () => json(201, { factor: { id: '1' }, recoveryCodes: ['A'] });

  assert.deepEqual(await auth.passkeys.create('Phone'), { factor: { id: '1' }, recoveryCodes: ['A'] });

  assert.equal(auth.passkeys.areSupported, true);
  assert.equal(passkeys.asked[0].kind, 'create');
  assert.deepEqual(passkeys.asked[0].publicKey, { parsed: { challenge: 'AQID' } });
  assert.deepEqual(world.service.requests.at(-1).body, { challengeToken: 't1', credential: { id: 'key' }, name: 'Phone' });
  await auth.getAccount();
  assert.equal(world.service.count('/api/auth/refresh'), 2);
});

test('a passkey signs in without a password', async (t) => {
  const { service } = install(t);
  service.addUser(ADA.email);
  const auth = await create(t);
  const passkeys = installPasskeys(t);
  passkeys.agree();
  offerOptions(service, '/api/auth/login/passkey/options');
  signsIn(service, '/api/auth/login/passkey');

  assert.equal((await auth.passkeys.signIn()).email, ADA.email);

  assert.equal(passkeys.asked[0].mediation, undefined);
  assert.equal(auth.state.status, 'signedIn');
});

test('a passkey completes a step-up', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t, { onStepUp: () => auth.passkeys.stepUp().then(() => true) });
  const old = await auth.getAccessToken();
  const passkeys = installPasskeys(t);
  passkeys.agree();
  offerOptions(world.service, '/api/auth/step-up/passkey/options');
  world.service.routes['POST /api/auth/step-up'] = () => json(200, {});
  world.service.routes['DELETE /api/auth/sessions'] = ({ token }) =>
    token === old ? problem(401, 'STEP_UP_REQUIRED', { acrValues: 'mfa' }) : new Response(null, { status: 204 });

  await auth.endOtherSessions();

  assert.deepEqual(world.service.requests.find(({ path }) => path === '/api/auth/step-up').body, {
    challengeToken: 't1',
    credential: { id: 'key' },
  });
});

test('a passkey is created after a step-up with another one', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t, { onStepUp: () => auth.passkeys.stepUp().then(() => true) });
  const old = await auth.getAccessToken();
  const passkeys = installPasskeys(t);
  passkeys.agree();
  offerOptions(world.service, '/api/auth/step-up/passkey/options');
  world.service.routes['POST /api/auth/step-up'] = () => json(200, {});
  world.service.routes['POST /api/auth/factors/passkeys/options'] = ({ token }) =>
    token === old ? problem(401, 'STEP_UP_REQUIRED') : json(200, { challengeToken: 'new', options: {} });
  world.service.routes['POST /api/auth/factors/passkeys'] = () => json(201, { factor: {}, recoveryCodes: null });

  await auth.passkeys.create();

  assert.deepEqual(passkeys.asked.map(({ kind }) => kind), ['get', 'create']);
});

test('the autofill offers passkeys with fresh challenges until one is chosen', async (t) => {
  const { service, pass } = install(t);
  service.addUser(ADA.email);
  const auth = await create(t);
  const passkeys = installPasskeys(t);
  offerOptions(service, '/api/auth/login/passkey/options');
  signsIn(service, '/api/auth/login/passkey');

  const signingIn = auth.passkeys.signIn({ mediation: 'conditional' });
  await until(() => passkeys.asked.length === 1);
  await pass(239);
  assert.equal(passkeys.asked.length, 1);
  passkeys.agree();
  await pass(1);

  assert.equal((await signingIn).email, ADA.email);
  assert.equal(passkeys.asked.length, 2);
  assert.ok(passkeys.asked.every(({ mediation }) => mediation === 'conditional'));
  assert.equal(service.requests.find(({ path }) => path === '/api/auth/login/passkey').body.challengeToken, 't2');
});

test('in a hidden tab, the autofill waits', async (t) => {
  const { service, pass, show } = install(t);
  const auth = await create(t);
  const passkeys = installPasskeys(t);
  offerOptions(service, '/api/auth/login/passkey/options');
  const stop = new AbortController();
  const signingIn = auth.passkeys.signIn({ mediation: 'conditional', signal: stop.signal });
  await until(() => passkeys.asked.length === 1);

  show('hidden');
  await pass(1000);
  assert.equal(passkeys.asked.length, 1);
  show('visible');
  await until(() => passkeys.asked.length === 2);
  stop.abort();

  await assert.rejects(signingIn, { name: 'AuthError', code: 'PASSKEY_CANCELLED' });
});

test('a request ends when another one begins, and when its signal says so', async (t) => {
  const { service } = install(t);
  const auth = await create(t);
  const passkeys = installPasskeys(t);
  offerOptions(service, '/api/auth/login/passkey/options');
  const stop = new AbortController();

  const autofill = auth.passkeys.signIn({ mediation: 'conditional' });
  const isCancelled = assert.rejects(autofill, { code: 'PASSKEY_CANCELLED' });
  await until(() => passkeys.asked.length === 1);
  const dialog = auth.passkeys.signIn({ signal: stop.signal });
  await isCancelled;
  await until(() => passkeys.asked.length === 2);
  stop.abort();
  await assert.rejects(dialog, { code: 'PASSKEY_CANCELLED' });

  // Also while its options are on the way.
  const late = auth.passkeys.signIn({ signal: AbortSignal.abort() });
  await assert.rejects(late, { code: 'PASSKEY_CANCELLED' });
  assert.equal(service.count('/api/auth/login/passkey'), 0);
});

for (const [name, code] of Object.entries({
  NotAllowedError: 'PASSKEY_CANCELLED',
  InvalidStateError: 'PASSKEY_EXISTS',
  SecurityError: 'PASSKEY_UNAVAILABLE',
})) {
  test(`${name} of the browser is ${code}`, async (t) => {
    const world = install(t);
    world.service.signedIn();
    const auth = await create(t);
    const passkeys = installPasskeys(t);
    passkeys.fail(name);
    offerOptions(world.service, '/api/auth/factors/passkeys/options');

    const error = await auth.passkeys.create().catch((error) => error);

    assert.deepEqual([error.name, error.code, error.status, error.cause.name], ['AuthError', code, 0, name]);
    assert.equal(world.service.count('/api/auth/factors/passkeys'), 0);
  });
}

test('what the service says about options is passed on', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t);
  installPasskeys(t);
  world.service.routes['POST /api/auth/factors/passkeys/options'] = () => problem(409, 'FACTOR_LIMIT_REACHED');

  await assert.rejects(auth.passkeys.create(), { code: 'FACTOR_LIMIT_REACHED', status: 409 });
});

test('without passkeys, or without their autofill, nothing is asked of the service', async (t) => {
  const { service } = install(t);
  const auth = await create(t);
  assert.equal(auth.passkeys.areSupported, false);
  await assert.rejects(auth.passkeys.signIn(), { code: 'PASSKEY_UNAVAILABLE' });
  await assert.rejects(auth.passkeys.signIn({ mediation: 'conditional' }), { code: 'PASSKEY_UNAVAILABLE' });

  installPasskeys(t, { canAutofill: false });
  await assert.rejects(auth.passkeys.signIn({ mediation: 'conditional' }), { code: 'PASSKEY_UNAVAILABLE' });
  await settle();

  assert.equal(service.count('/api/auth/login/passkey/options'), 0);
});

test('in older browsers, JSON is converted here', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await create(t);
  const passkeys = installPasskeys(t, { isModern: false });
  const bytes = (...values) => new Uint8Array(values).buffer;
  const common = { id: '-_8', type: 'public-key', authenticatorAttachment: 'platform', getClientExtensionResults: () => ({}) };

  passkeys.agree({
    ...common,
    response: { clientDataJSON: bytes(1), attestationObject: bytes(2), getTransports: () => ['internal'] },
  });
  offerOptions(world.service, '/api/auth/factors/passkeys/options', {
    challenge: '-_8',
    user: { id: 'AQI', name: 'ada' },
    excludeCredentials: [{ type: 'public-key', id: 'AwQ' }],
  });
  world.service.routes['POST /api/auth/factors/passkeys'] = () => json(201, {});
  await auth.passkeys.create();
  const { publicKey } = passkeys.asked[0];
  assert.deepEqual([...publicKey.challenge], [0xfb, 0xff]);
  assert.deepEqual(publicKey.user, { id: new Uint8Array([1, 2]), name: 'ada' });
  assert.deepEqual(publicKey.excludeCredentials, [{ type: 'public-key', id: new Uint8Array([3, 4]) }]);
  const sent = { id: '-_8', rawId: '-_8', type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {} };
  assert.deepEqual(world.service.requests.at(-1).body.credential, {
    ...sent,
    response: { clientDataJSON: 'AQ', attestationObject: 'Ag', transports: ['internal'] },
  });

  passkeys.agree({
    ...common,
    response: { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(0xfb, 0xff), userHandle: null },
  });
  offerOptions(world.service, '/api/auth/step-up/passkey/options', {
    challenge: 'AQID',
    allowCredentials: [{ type: 'public-key', id: 'AwQ' }],
  });
  world.service.routes['POST /api/auth/step-up'] = () => json(200, {});
  await auth.passkeys.stepUp();
  assert.deepEqual(passkeys.asked[1].publicKey.allowCredentials, [{ type: 'public-key', id: new Uint8Array([3, 4]) }]);
  assert.deepEqual(world.service.requests.at(-1).body.credential, {
    ...sent,
    response: { clientDataJSON: 'AQ', authenticatorData: 'Ag', signature: '-_8' },
  });
});
