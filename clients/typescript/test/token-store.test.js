import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthClient } from '../dist/index.js';
import { BASE, install, PASSWORD, settle, until } from './fake-service.js';

const ADA = { email: 'ada@example.com', password: PASSWORD };

class Store {
  items = new Map();
  async getItem(key) {
    return this.items.get(key) ?? null;
  }
  async setItem(key, value) {
    this.items.set(key, value);
  }
  async removeItem(key) {
    this.items.delete(key);
  }
}

function start(t) {
  const { service, ...world } = install(t, { document: false });
  service.addUser(ADA.email);
  const tokenStore = new Store();
  const create = () => {
    const auth = createAuthClient({ baseUrl: `${BASE}/`, tokenStore });
    t.after(() => auth.close());
    return auth;
  };
  return { ...world, service, tokenStore, create };
}

test('without a stored token nobody is signed in and no request is sent', async (t) => {
  const { service, create } = start(t);
  const auth = create();

  await until(() => auth.state.status === 'signedOut');

  assert.equal(service.requests.length, 0);
});

test('the refresh token is stored before it is needed, and no cookie is sent', async (t) => {
  const { service, tokenStore, create } = start(t);
  const auth = create();

  await auth.login(ADA);
  assert.equal(await tokenStore.getItem('refreshToken'), 'session-1.1');

  await auth.refresh();
  assert.equal(await tokenStore.getItem('refreshToken'), 'session-1.2');
  assert.deepEqual(service.requests.at(-1).body, { refreshToken: 'session-1.1' });
  assert.ok(service.requests.every(({ credentials }) => credentials === 'omit'));
});

test('the next start continues with the stored token', async (t) => {
  const { tokenStore, create } = start(t);
  await create().login(ADA);

  const auth = create();
  await until(() => auth.state.status === 'signedIn');

  assert.equal(await tokenStore.getItem('refreshToken'), 'session-1.2');
});

test('a logout removes the token and keeps the device token', async (t) => {
  const { service, tokenStore, create } = start(t);
  const auth = create();
  await auth.login(ADA);

  await auth.logout();
  assert.deepEqual(service.requests.at(-1).body, { refreshToken: 'session-1.1' });
  assert.deepEqual([...tokenStore.items], [['deviceToken', 'device-ada@example.com']]);

  await auth.login(ADA);
  assert.equal(service.requests.at(-1).body.deviceToken, 'device-ada@example.com');
  await auth.changePassword({ currentPassword: PASSWORD, newPassword: 'another-long-password' });
  assert.equal(service.requests.at(-1).body.deviceToken, 'device-ada@example.com');
});

test('a refresh that completes after a logout stores nothing', async (t) => {
  const { service, tokenStore, create } = start(t);
  const auth = create();
  await auth.login(ADA);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  service.onResponse = async (response, { path }) => (path === '/api/auth/refresh' && (await held), response);

  const refresh = auth.refresh();
  await settle();
  await auth.logout();
  release();
  await refresh;

  assert.equal(tokenStore.items.has('refreshToken'), false);
  assert.equal(auth.state.status, 'signedOut');
});

test('a session that has ended leaves no token', async (t) => {
  const { service, tokenStore, create } = start(t);
  const auth = create();
  await auth.login(ADA);
  service.end(service.sessions[0], 'expired_idle');

  assert.deepEqual(await auth.refresh(), { status: 'signedOut', reason: 'expired_idle' });
  assert.equal(tokenStore.items.has('refreshToken'), false);
});

test('another client in the same process is not affected', async (t) => {
  const { create, service } = start(t);
  const auth = create();
  await auth.login(ADA);
  const other = createAuthClient({ baseUrl: BASE, tokenStore: new Store() });
  t.after(() => other.close());
  await other.login(ADA);

  await auth.logout();
  await settle();

  assert.equal(other.state.status, 'signedIn');
  assert.equal(service.sessions[1].ended, undefined);
});

test('without cookies and without a store no request is sent', async (t) => {
  const { service } = start(t);
  const auth = createAuthClient({ baseUrl: BASE });
  t.after(() => auth.close());
  await settle();

  assert.equal(service.requests.length, 0);
  assert.deepEqual(auth.state, { status: 'unknown' });
});
