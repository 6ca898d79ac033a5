import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthClient } from '../dist/index.js';
import { BASE, install, PASSWORD, until } from './fake-service.js';

const FLOW = { flowToken: 'flow', expiresAt: '2026-01-31T12:10:00Z' };

const answer = (status, body) => new Response(body && JSON.stringify(body), { status });

function create(t) {
  const auth = createAuthClient({ baseUrl: BASE });
  t.after(() => auth.close());
  return auth;
}

async function createSignedIn(t, service) {
  const { user } = service.signedIn();
  const auth = create(t);
  await until(() => auth.state.status === 'signedIn');
  return { auth, user };
}

function signInOf(service, email = 'ada@example.com') {
  return {
    accessToken: 'token',
    tokenType: 'Bearer',
    expiresIn: 900,
    refreshTokenExpiresAt: '2026-02-14T12:00:00Z',
    sessionId: 'session-9',
    user: service.addUser(email, { emailConfirmed: true }),
  };
}

test('an account that waits for its confirmation signs nobody in', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/register'] = () => answer(202, FLOW);
  const auth = create(t);
  await until(() => auth.state.status === 'signedOut');

  assert.deepEqual(await auth.requestAccount({ email: 'ada@example.com', password: PASSWORD }), FLOW);
  assert.equal(auth.state.status, 'signedOut');
});

test('its confirmation does', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/verify-email'] = () => answer(201, signInOf(service));
  const auth = create(t);
  await until(() => auth.state.status === 'signedOut');

  const user = await auth.verifyEmail({ flowToken: 'flow', code: '493021' });

  assert.equal(user.emailConfirmed, true);
  assert.equal(auth.state.status, 'signedIn');
  assert.deepEqual(service.requests.at(-1).body, { flowToken: 'flow', code: '493021' });
});

test('a confirmation of an account that exists signs nobody in', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/verify-email'] = () => answer(204);
  const auth = create(t);
  await until(() => auth.state.status === 'signedOut');

  assert.equal(await auth.verifyEmail({ token: 'link', password: PASSWORD }), undefined);
  assert.equal(auth.state.status, 'signedOut');
});

test('who is signed in confirms with the access token', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/verify-email'] = () => answer(204);
  const { auth } = await createSignedIn(t, service);

  await auth.verifyEmail({ code: '493021' });

  assert.ok(service.requests.at(-1).token);
  assert.equal(auth.state.user.emailConfirmed, true);
});

test('the confirmation of a new account signs in its user in place of another', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/verify-email'] = () => answer(201, signInOf(service, 'grace@example.com'));
  const { auth } = await createSignedIn(t, service);

  const user = await auth.verifyEmail({ flowToken: 'flow', code: '493021' });

  assert.equal(user.email, 'grace@example.com');
  assert.equal(auth.state.user.email, 'grace@example.com');
});

for (const isOwn of [true, false]) {
  test(`a password confirms the address of ${isOwn ? 'the user who is' : 'another user than who is'} signed in`, async (t) => {
    const { service } = install(t);
    const { auth, user } = await createSignedIn(t, service);
    service.routes['POST /api/auth/verify-email'] = () => {
      user.emailConfirmed = isOwn;
      return answer(204);
    };

    assert.equal(await auth.verifyEmail({ token: 'link', password: PASSWORD }), undefined);

    assert.equal(auth.state.user.email, user.email);
    assert.equal(auth.state.user.emailConfirmed, isOwn);
  });
}

test('a link that is not valid is an error', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/verify-email'] = () => answer(400, { code: 'INVALID_OR_EXPIRED_TOKEN' });
  const auth = create(t);
  await until(() => auth.state.status === 'signedOut');

  await assert.rejects(auth.verifyEmail({ token: 'link' }), { code: 'INVALID_OR_EXPIRED_TOKEN' });
});

test('the other routes send what the service takes', async (t) => {
  const { service } = install(t);
  for (const route of ['verify-email/resend', 'forgot-password', 'change-email']) {
    service.routes[`POST /api/auth/${route}`] = () => answer(202, FLOW);
  }
  for (const route of ['reset-password', 'change-email/confirm', 'change-email/undo']) {
    service.routes[`POST /api/auth/${route}`] = () => answer(204);
  }
  const { auth } = await createSignedIn(t, service);
  const sent = async (call) => {
    const from = service.requests.length;
    await call;
    const { path, body } = service.requests[from];
    return [path.replace('/api/auth/', ''), body];
  };

  assert.deepEqual(await sent(auth.resendMail()), ['verify-email/resend', {}]);
  assert.deepEqual(await sent(auth.resendMail('flow')), ['verify-email/resend', { flowToken: 'flow' }]);
  assert.deepEqual(await sent(auth.forgotPassword('ada@example.com')), ['forgot-password', { email: 'ada@example.com' }]);
  const reset = { token: 'link', newPassword: PASSWORD };
  assert.deepEqual(await sent(auth.resetPassword(reset)), ['reset-password', reset]);
  const change = { newEmail: 'ada.lovelace@example.com', password: PASSWORD };
  assert.deepEqual(await sent(auth.changeEmail(change)), ['change-email', change]);
  assert.deepEqual(await sent(auth.undoEmailChange('link')), ['change-email/undo', { token: 'link' }]);

  const refreshes = service.count('/api/auth/refresh');
  assert.deepEqual(await sent(auth.confirmEmailChange({ token: 'link' })), ['change-email/confirm', { token: 'link' }]);
  assert.equal(service.count('/api/auth/refresh'), refreshes + 1);
});

test('accepting an invitation signs in', async (t) => {
  const { service } = install(t);
  service.routes['POST /api/auth/accept-invitation'] = () => answer(201, signInOf(service));
  const auth = create(t);
  await until(() => auth.state.status === 'signedOut');

  await auth.acceptInvitation({ token: 'link', password: PASSWORD });

  assert.equal(auth.state.status, 'signedIn');
});
