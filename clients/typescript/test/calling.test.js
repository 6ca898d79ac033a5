import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthClient } from '../dist/index.js';
import { BASE, install, json, PASSWORD, problem, settle, until } from './fake-service.js';

const REFRESH = '/api/auth/refresh';
const API = 'https://api.example.com';

async function signIn(t, { service }, options) {
  const signedOut = [];
  const auth = createAuthClient({
    baseUrl: BASE,
    fetchOrigins: [API],
    onSignedOut: (reason) => signedOut.push(reason),
    ...options,
  });
  t.after(() => auth.close());
  await auth.getAccessToken();
  return Object.assign(auth, { signedOut });
}

test('the token is sent only to the configured origins', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);
  const token = await auth.getAccessToken();

  for (const [url, sent] of [
    [`${API}/articles`, token],
    [new URL(`${BASE}/api/users/me`), token],
    [new Request(`${API}/articles`), token],
    ['https://elsewhere.example.com/', undefined],
    ['https://api.example.com.evil.example/', undefined],
    ['http://api.example.com/', undefined],
    ['https://api.example.com:8443/', undefined],
  ]) {
    await auth.fetch(url);
    assert.equal(world.service.requests.at(-1).token, sent, String(url.url ?? url));
  }
});

test('a request keeps its own Authorization header', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);

  await auth.fetch(`${API}/articles`, { headers: { Authorization: 'Bearer mine' } });

  assert.equal(world.service.requests.at(-1).token, 'mine');
});

test('a call waits for the first refresh', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = createAuthClient({ baseUrl: BASE, fetchOrigins: [API] });
  t.after(() => auth.close());

  const response = await auth.fetch(`${API}/articles`);

  assert.match((await response.json()).token, /^access-/);
  assert.equal(world.service.count(REFRESH), 1);
});

test('signed-out users call without a token', async (t) => {
  const world = install(t);
  const auth = await signIn(t, world);

  const response = await auth.fetch(`${API}/articles`);

  assert.equal(response.status, 200);
  assert.equal(world.service.requests.at(-1).token, undefined);
});

for (const [name, refusal] of Object.entries({
  TOKEN_EXPIRED: () => problem(401, 'TOKEN_EXPIRED'),
  'TOKEN_REVOKED with refresh': () => problem(401, 'TOKEN_REVOKED', { reason: 'roles_changed', refresh: true }),
  'TOKEN_REVOKED without refresh': () => problem(401, 'TOKEN_REVOKED', { reason: 'roles_changed' }),
  'TOKEN_REVOKED by an own change of the password': () => problem(401, 'TOKEN_REVOKED', { reason: 'password_changed' }),
  'INVALID_TOKEN after an emergency rotation': () => problem(401, 'INVALID_TOKEN'),
  'invalid_token of another service': () =>
    new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } }),
})) {
  test(`${name}: the call is repeated once with a new token`, async (t) => {
    const world = install(t);
    world.service.signedIn();
    const auth = await signIn(t, world);
    const old = await auth.getAccessToken();
    world.service.routes['POST /articles'] = ({ token, body }) => (token === old ? refusal() : json(201, body));

    const response = await auth.fetch(`${API}/articles`, { method: 'POST', body: JSON.stringify({ title: 'One' }) });

    assert.equal(response.status, 201);
    assert.deepEqual(await response.json(), { title: 'One' });
    assert.equal(world.service.count(REFRESH), 2);
  });

  test(`${name}, repeatedly: the response is returned`, async (t) => {
    const world = install(t);
    world.service.signedIn();
    const auth = await signIn(t, world);
    world.service.routes['GET /articles'] = refusal;

    assert.equal((await auth.fetch(`${API}/articles`)).status, 401);

    assert.equal(world.service.count('/articles'), 2);
    assert.equal(world.service.count(REFRESH), 2);
    assert.equal(auth.state.status, 'signedIn');
  });
}

test('calls that are rejected together share one refresh', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);
  const old = await auth.getAccessToken();
  world.service.routes['GET /articles'] = ({ token }) => (token === old ? problem(401, 'TOKEN_EXPIRED') : json(200, {}));

  const responses = await Promise.all(Array.from({ length: 10 }, () => auth.fetch(`${API}/articles`)));

  assert.ok(responses.every((response) => response.ok));
  assert.equal(world.service.count(REFRESH), 2);
});

test('other rejections are returned unchanged', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);
  world.service.routes['GET /articles'] = () => problem(401, 'SOMETHING_ELSE');

  assert.equal((await auth.fetch(`${API}/articles`)).status, 401);

  assert.equal(world.service.count('/articles'), 1);
  assert.equal(world.service.count(REFRESH), 1);
});

test('a call after the session has ended signs out with the reason', async (t) => {
  const world = install(t);
  const { session } = world.service.signedIn();
  const auth = await signIn(t, world);
  world.service.end(session, 'admin_revoked');

  await assert.rejects(auth.getAccount(), { code: 'TOKEN_REVOKED', reason: 'admin_revoked', status: 401 });
  await settle();

  assert.deepEqual(auth.signedOut, ['admin_revoked']);
  assert.equal(world.service.count('/api/users/me'), 1);
});

test('a new password is followed by a refresh before the next call', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);

  await auth.changePassword({ currentPassword: PASSWORD, newPassword: `${PASSWORD}!` });
  await auth.getAccount();

  assert.deepEqual(world.service.requests.map(({ path }) => path).slice(1), [
    '/api/auth/change-password',
    REFRESH,
    '/api/users/me',
  ]);
  assert.equal(auth.state.status, 'signedIn');
});

test('each route of the account is called with its method', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);

  for (const [call, method, path, body = ''] of [
    [() => auth.getClaims(), 'GET', '/api/auth/me'],
    [() => auth.getAccount(), 'GET', '/api/users/me'],
    [() => auth.updateAccount({ displayName: 'Ada' }), 'PATCH', '/api/users/me', { displayName: 'Ada' }],
    [() => auth.exportAccount(), 'GET', '/api/users/me/export'],
    [() => auth.endSession('a/b'), 'DELETE', '/api/auth/sessions/a%2Fb'],
    [() => auth.endOtherSessions(), 'DELETE', '/api/auth/sessions'],
    [() => auth.deleteAccount({ password: PASSWORD }), 'POST', '/api/users/me/delete', { password: PASSWORD }],
  ]) {
    await call();
    const request = world.service.requests.at(-1);
    assert.deepEqual([request.method, request.path, request.body], [method, path, body]);
    assert.equal(request.credentials, 'include');
  }
  assert.deepEqual(auth.state, { status: 'signedOut', reason: 'user_deleted' });
});

test('the sessions are listed', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);
  world.service.routes['GET /api/auth/sessions'] = () => json(200, [{ id: 'session-1' }]);

  assert.deepEqual(await auth.listSessions(), [{ id: 'session-1' }]);
});

test('STEP_UP_REQUIRED: calls share one prompt and are repeated once', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const asked = [];
  const onStepUp = async (request) => {
    asked.push(request);
    await settle();
    return true;
  };
  const auth = await signIn(t, world, { onStepUp });
  const old = await auth.getAccessToken();
  world.service.routes['DELETE /api/auth/sessions'] = ({ token }) =>
    token === old ? problem(401, 'STEP_UP_REQUIRED', { maxAge: 600, acrValues: 'mfa' }) : new Response(null, { status: 204 });

  await Promise.all([auth.endOtherSessions(), auth.endOtherSessions()]);

  assert.deepEqual(asked, [{ maxAge: 600, acrValues: 'mfa' }]);
  assert.equal(world.service.count('/api/auth/sessions'), 4);
});

test('a step-up with the password serves the call that asked for it', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world, {
    onStepUp: async () => {
      await auth.stepUp({ password: PASSWORD });
      return true;
    },
  });
  const old = await auth.getAccessToken();
  world.service.routes['POST /api/auth/step-up'] = () => json(200, {});
  world.service.routes['DELETE /api/auth/sessions'] = ({ token }) =>
    token === old ? problem(401, 'STEP_UP_REQUIRED') : new Response(null, { status: 204 });

  await auth.endOtherSessions();

  assert.deepEqual(world.service.requests.find(({ path }) => path === '/api/auth/step-up').body, { password: PASSWORD });
});

test('a sign-in during the step-up completes it', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world, {
    onStepUp: async () => {
      await auth.login({ email: 'ada@example.com', password: PASSWORD });
      return true;
    },
  });
  world.service.routes['DELETE /api/auth/sessions'] = ({ session }) =>
    session.id === 'session-2' ? new Response(null, { status: 204 }) : problem(401, 'STEP_UP_REQUIRED');

  await auth.endOtherSessions();

  assert.equal(world.service.count(REFRESH), 1);
});

test('a step-up that does not help, is declined or is not offered is an error', async (t) => {
  for (const onStepUp of [() => true, async () => false, undefined]) {
    await t.test(String(onStepUp), async (t) => {
      const world = install(t);
      world.service.signedIn();
      const auth = await signIn(t, world, { onStepUp });
      world.service.routes['DELETE /api/auth/sessions'] = () => problem(401, 'STEP_UP_REQUIRED');

      await assert.rejects(auth.endOtherSessions(), { code: 'STEP_UP_REQUIRED' });

      assert.ok(world.service.count('/api/auth/sessions') <= 2);
      assert.equal(auth.state.status, 'signedIn');
    });
  }
});

test('a lost call rejects with an AuthError, and fetch with the error of the platform', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);
  world.service.onRequest = () => Promise.reject(new TypeError('Failed to fetch'));

  await assert.rejects(auth.getAccount(), { name: 'AuthError', code: 'NETWORK_ERROR' });
  await assert.rejects(auth.fetch(`${API}/articles`), TypeError);
});

test('a logout takes effect in other tabs', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const [one, other] = [await signIn(t, world), await signIn(t, world)];

  await one.logout();
  await until(() => other.signedOut.length > 0);

  assert.deepEqual(other.state, { status: 'signedOut', reason: 'logout' });
  assert.deepEqual(other.signedOut, ['logout']);
});

test('a sign-in takes effect in other tabs', async (t) => {
  const world = install(t);
  const user = world.service.addUser('ada@example.com');
  const [one, other] = [await signIn(t, world), await signIn(t, world)];
  assert.equal(other.state.status, 'signedOut');

  await one.login({ email: user.email, password: PASSWORD });
  await until(() => other.state.status === 'signedIn');

  assert.deepEqual(other.state.user, user);
});

test('a logout during the first refresh of another tab takes effect there', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const one = await signIn(t, world);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  world.service.onResponse = async (response, { path }) => (path === REFRESH && (await held), response);
  const other = createAuthClient({ baseUrl: BASE });
  t.after(() => other.close());
  await settle();

  await one.logout();
  await settle();
  release();

  await until(() => other.state.status === 'signedOut');
});

test('a request of one user is not sent on behalf of the next', async (t) => {
  const world = install(t);
  world.service.signedIn();
  world.service.addUser('eve@example.com');
  const [one, other] = [await signIn(t, world), await signIn(t, world)];

  await one.login({ email: 'eve@example.com', password: PASSWORD });
  await until(() => world.service.count(REFRESH) === 3);
  const call = other.fetch(`${API}/articles`, { method: 'POST', body: '{}' });

  await assert.rejects(call, { code: 'USER_CHANGED' });
  assert.equal(other.state.user.email, 'eve@example.com');
  assert.equal((await other.fetch(`${API}/articles`)).status, 200);
});

test('tabs never send each other tokens', async (t) => {
  const world = install(t);
  world.service.addUser('ada@example.com');
  const auth = await signIn(t, world);
  const heard = [];
  const channel = new BroadcastChannel(`auth ${BASE}`);
  channel.onmessage = ({ data }) => heard.push(data);
  t.after(() => channel.close());

  const { id } = await auth.login({ email: 'ada@example.com', password: PASSWORD });
  await auth.refresh();
  await auth.logout();
  await until(() => heard.length === 2);

  assert.deepEqual(heard, [
    { type: 'signedIn', userId: id },
    { type: 'signedOut', userId: id, reason: 'logout' },
  ]);
});
