import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthError, createAuthClient } from '../dist/index.js';
import { BASE, install, PASSWORD, problem, settle, until } from './fake-service.js';

const ADA = { email: 'ada@example.com', password: PASSWORD };

function create(t, options) {
  const signedOut = [];
  const auth = createAuthClient({ baseUrl: BASE, onSignedOut: (reason) => signedOut.push(reason), ...options });
  t.after(() => auth.close());
  return Object.assign(auth, { signedOut });
}

test('the state is unknown until the first refresh completes', async (t) => {
  const { service } = install(t);
  const { user, session } = service.signedIn();
  const auth = create(t);

  assert.deepEqual(auth.state, { status: 'unknown' });

  await until(() => auth.state.status !== 'unknown');
  assert.deepEqual(auth.state, { status: 'signedIn', user, sessionId: session.id });
});

test('a user who was not signed in is signed out without a notification', async (t) => {
  install(t);
  const auth = create(t);

  await until(() => auth.state.status === 'signedOut');
  await settle();

  assert.deepEqual(auth.signedOut, []);
});

test('a session that ended while the page was closed is reported with its reason', async (t) => {
  const { service } = install(t);
  service.end(service.signedIn().session, 'password_changed');
  const auth = create(t);

  await until(() => auth.signedOut.length > 0);

  assert.deepEqual(auth.state, { status: 'signedOut', reason: 'password_changed' });
  assert.deepEqual(auth.signedOut, ['password_changed']);
});

test('registering signs in', async (t) => {
  const { service } = install(t);
  const auth = create(t);

  const user = await auth.register({ ...ADA, displayName: 'Ada' });

  assert.equal(user.displayName, 'Ada');
  assert.equal(auth.state.status, 'signedIn');
  assert.equal(service.requests.at(-1).credentials, 'include');
});

test('a sign-in waits for a refresh that might still clear its cookie', async (t) => {
  const { service } = install(t);
  service.addUser(ADA.email);
  const arrived = [];
  service.onResponse = async (response, { path }) => {
    await (path === '/api/auth/refresh' && settle()); // slower than a sign-in
    arrived.push(path);
    return response;
  };
  const auth = create(t);

  await auth.login(ADA);

  assert.deepEqual(arrived, ['/api/auth/refresh', '/api/auth/login']);
  assert.equal(auth.state.status, 'signedIn');
  assert.match(service.cookie, /^session-1/);
});

test('a rejected sign-in is an AuthError', async (t) => {
  install(t);
  const auth = create(t);

  const error = await auth.login(ADA).catch((error) => error);

  assert.ok(error instanceof AuthError);
  assert.equal(error.code, 'INVALID_CREDENTIALS');
  assert.equal(error.status, 401);
  assert.equal(error.message, 'The e-mail address or password is wrong.');
  assert.equal(error.reason, undefined);
});

test('errors have the validation errors and the retry delay', async (t) => {
  const { service } = install(t);
  const auth = create(t);
  service.routes['POST /api/auth/register'] = () =>
    problem(400, 'VALIDATION_FAILED', { errors: { email: ['Enter a valid e-mail address.'] } });
  service.routes['POST /api/auth/login'] = () => problem(429, 'RATE_LIMITED', {}, { 'Retry-After': '17' });

  await assert.rejects(auth.register(ADA), { code: 'VALIDATION_FAILED', errors: { email: ['Enter a valid e-mail address.'] } });
  await assert.rejects(auth.login(ADA), { code: 'RATE_LIMITED', status: 429, retryAfter: 17 });
});

test('a sign-in without a response is a network error', async (t) => {
  const { service } = install(t);
  const auth = create(t);
  service.onRequest = () => Promise.reject(new TypeError('Failed to fetch'));

  await assert.rejects(auth.login(ADA), { code: 'NETWORK_ERROR', status: 0, message: 'The service cannot be reached.' });
});

test('a response that is not from the service is an error', async (t) => {
  const { service } = install(t);
  const auth = create(t);
  service.onRequest = () => new Response('<h1>Welcome to our hotel</h1>', { status: 511 });

  await assert.rejects(auth.login(ADA), {
    code: 'UNEXPECTED_RESPONSE',
    status: 511,
    message: 'The service is currently unavailable.',
  });
});

test('logging out ends the session and reports the reason', async (t) => {
  const { service } = install(t);
  const { session } = service.signedIn();
  const auth = create(t);
  await auth.getAccessToken();

  await auth.logout();
  await settle();

  assert.equal(session.ended, 'logout');
  assert.deepEqual(auth.signedOut, ['logout']);
  assert.deepEqual(auth.state, { status: 'signedOut', reason: 'logout' });
  assert.equal(await auth.getAccessToken(), undefined);
});

test('logging out everywhere ends all sessions', async (t) => {
  const { service } = install(t);
  const { session } = service.signedIn();
  const auth = create(t);

  await auth.logoutAll();

  assert.equal(session.ended, 'logout_all');
  assert.deepEqual(auth.state, { status: 'signedOut', reason: 'logout_all' });
});

test('a logout that does not reach the service fails, and the user stays signed in', async (t) => {
  const { service, pass } = install(t);
  service.signedIn();
  const auth = create(t);
  await auth.getAccessToken();
  service.onRequest = () => Promise.reject(new TypeError('Failed to fetch'));

  const logout = assert.rejects(auth.logout(), { code: 'NETWORK_ERROR' });
  await pass(5);
  await logout;

  assert.equal(service.count('/api/auth/logout'), 3);
  assert.equal(auth.state.status, 'signedIn');
});

test('a refresh that completes after a logout signs nobody in', async (t) => {
  const { service } = install(t);
  service.signedIn();
  const auth = create(t);
  await auth.getAccessToken();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  service.onResponse = async (response, { path }) => (path === '/api/auth/refresh' && (await held), response);

  const refresh = auth.refresh();
  await settle();
  await auth.logout();
  release();
  await refresh;

  assert.equal(auth.state.status, 'signedOut');
  assert.equal(await auth.getAccessToken(), undefined);
});

test('subscribers get the state immediately and on each change until they unsubscribe', async (t) => {
  const { service } = install(t);
  service.addUser(ADA.email);
  const auth = create(t);
  const seen = [];
  const unsubscribe = auth.subscribe((state) => seen.push(state.status));

  await auth.login(ADA);
  await auth.refresh();
  await settle();
  unsubscribe();
  await auth.logout();
  await settle();

  assert.deepEqual(seen, ['unknown', 'signedOut', 'signedIn']);
});

test('the state is the same object until its content changes', async (t) => {
  const { service } = install(t);
  service.signedIn();
  const auth = create(t);
  await auth.refresh();
  const before = auth.state;

  await auth.refresh();
  assert.equal(auth.state, before);

  await auth.updateAccount({ displayName: 'Ada' });
  assert.equal(auth.state.user.displayName, 'Ada');
});

test('a second factor is requested and completes the sign-in', async (t) => {
  const { service } = install(t);
  service.addUser(ADA.email);
  const challenge = { challenge: 'c1', methods: ['totp'], expiresAt: '2026-11-28T00:05:00Z' };
  service.routes['POST /api/auth/login'] = () => problem(401, 'SECOND_FACTOR_REQUIRED', challenge);
  service.routes['POST /api/auth/login/second-factor'] = ({ body }) => {
    service.routes = {};
    return body.challenge === 'c1' && body.code === '123456' ? service.fetch(`${BASE}/api/auth/login`, {
      method: 'POST',
      body: JSON.stringify(ADA),
    }) : problem(401, 'INVALID_CODE');
  };
  const asked = [];
  const auth = create(t, { onSecondFactor: (request) => (asked.push(request.methods), { code: '123456' }) });

  await auth.login(ADA);

  assert.deepEqual(asked, [['totp']]);
  assert.equal(auth.state.status, 'signedIn');
});

test('without a second factor the sign-in fails with SECOND_FACTOR_REQUIRED', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/login'] = () => problem(401, 'SECOND_FACTOR_REQUIRED', { challenge: 'c1' });

  const auth = create(t, { onSecondFactor: () => undefined });

  await assert.rejects(auth.login(ADA), { code: 'SECOND_FACTOR_REQUIRED', problem: { challenge: 'c1', detail: 'SECOND_FACTOR_REQUIRED', status: 401, code: 'SECOND_FACTOR_REQUIRED' } });
});

test('a closed client has no timers', async (t) => {
  const { service, pass } = install(t);
  service.signedIn();
  const auth = create(t);
  await auth.getAccessToken();

  auth.close();
  await pass(1000);

  assert.equal(service.count('/api/auth/refresh'), 1);
});
