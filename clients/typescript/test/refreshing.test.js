import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAuthClient } from '../dist/index.js';
import { BASE, install, problem, settle, until } from './fake-service.js';

const REFRESH = '/api/auth/refresh';
const failed = () => Promise.reject(new TypeError('Failed to fetch'));

async function signIn(t, { service }) {
  const signedOut = [];
  const auth = createAuthClient({ baseUrl: BASE, onSignedOut: (reason) => signedOut.push(reason) });
  t.after(() => auth.close());
  await auth.getAccessToken();
  return Object.assign(auth, { signedOut, ...service.sessions[0] });
}

test('concurrent callers share one refresh', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);

  await Promise.all(Array.from({ length: 20 }, () => auth.refresh()));

  assert.equal(world.service.count(REFRESH), 2);
});

test('concurrent callers share the retries of a failing refresh', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);
  world.service.onRequest = failed;

  const refreshes = Promise.allSettled(Array.from({ length: 20 }, () => auth.refresh()));
  await world.pass(5);
  await refreshes;

  assert.ok(world.service.count(REFRESH) <= 1 + 2 * 3); // three tries, and perhaps the next three
});

test('a visible tab refreshes at 80 % of the lifetime, give or take', async (t) => {
  const world = install(t);
  world.service.signedIn();
  await signIn(t, world);

  await world.pass(900 * 0.75 - 1);
  assert.equal(world.service.count(REFRESH), 1);
  await world.pass(900 * 0.1 + 2);
  assert.equal(world.service.count(REFRESH), 2);
});

test('a hidden tab refreshes when it becomes visible', async (t) => {
  const world = install(t);
  world.service.signedIn();
  await signIn(t, world);

  world.show('hidden');
  await world.pass(2000);
  assert.equal(world.service.count(REFRESH), 1);

  world.show('visible');
  await settle();
  assert.equal(world.service.count(REFRESH), 2);
});

test('a tab that becomes visible soon enough does not refresh', async (t) => {
  const world = install(t);
  world.service.signedIn();
  await signIn(t, world);

  world.show('hidden');
  await world.pass(600);
  world.show('visible');
  await settle();

  assert.equal(world.service.count(REFRESH), 1);
});

test('a clock that is two hours wrong makes no difference', async (t) => {
  for (const hours of [-2, 2]) {
    await t.test(`${hours} h`, async (t) => {
      const world = install(t);
      world.service.signedIn();
      const auth = await signIn(t, world);

      // Set back or forward while the token is young: at most one refresh too many.
      world.sleep(hours * 3600, { monotonic: false });
      await auth.getAccessToken();
      assert.ok(world.service.count(REFRESH) <= 2);

      const before = world.service.count(REFRESH);
      await world.pass(600);
      await auth.getAccessToken();
      assert.equal(world.service.count(REFRESH), before);

      world.show('hidden');
      await world.pass(400);
      await auth.getAccessToken();
      assert.equal(world.service.count(REFRESH), before + 1);
      assert.equal(auth.state.status, 'signedIn');
    });
  }
});

test('after sleep the token is refreshed before it is used, whichever clock continued', async (t) => {
  for (const monotonic of [true, false]) {
    await t.test(`monotonic clock ${monotonic ? 'went on' : 'stopped'}`, async (t) => {
      const world = install(t);
      world.service.signedIn();
      const auth = await signIn(t, world);
      const before = await auth.getAccessToken();

      world.sleep(10 * 3600, { monotonic });

      assert.notEqual(await auth.getAccessToken(), before);
      assert.equal(world.service.count(REFRESH), 2);
      assert.equal(auth.state.status, 'signedIn');
    });
  }
});

test('a page restored from the browser cache checks whether it is still signed in', async (t) => {
  const world = install(t);
  const { session } = world.service.signedIn();
  const auth = await signIn(t, world);

  world.service.end(session, 'logout');
  world.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));

  await until(() => auth.state.status === 'signedOut');
});

const troubles = {
  'no network': failed,
  '429': () => problem(429, 'RATE_LIMITED'),
  '500': () => problem(500, 'INTERNAL_ERROR'),
  '503': () => problem(503, 'SERVICE_UNAVAILABLE'),
  '502 of a proxy': () => new Response('<h1>Bad Gateway</h1>', { status: 502 }),
  '401 of a proxy': () => new Response('<h1>Sign in to the Wi-Fi</h1>', { status: 401 }),
  '200 of a proxy': () => new Response('<h1>Sign in to the Wi-Fi</h1>'),
  '403': () => problem(403, 'CROSS_SITE_REQUEST'),
  'a lost race': () => problem(409, 'CONCURRENT_UPDATE'),
};

for (const [name, trouble] of Object.entries(troubles)) {
  test(`nobody is signed out by ${name}, and a later refresh succeeds`, async (t) => {
    const world = install(t);
    world.service.signedIn();
    const auth = await signIn(t, world);
    world.sleep(899);
    world.service.onRequest = trouble;

    const refused = assert.rejects(auth.getAccessToken(), { name: 'AuthError' });
    await world.pass(10);
    await refused;
    assert.equal(auth.state.status, 'signedIn');

    world.service.onRequest = () => undefined;
    await world.pass(60);
    assert.equal(world.service.sessions[0].ended, undefined);
    assert.match(await auth.getAccessToken(), /^access-/);
    assert.deepEqual(auth.signedOut, []);
  });
}

test('without a response to the first refresh the state stays unknown', async (t) => {
  const world = install(t);
  world.service.signedIn();
  world.service.onRequest = failed;
  const auth = createAuthClient({ baseUrl: BASE });
  t.after(() => auth.close());

  await world.pass(300);
  assert.equal(auth.state.status, 'unknown');

  world.service.onRequest = () => undefined;
  world.window.dispatchEvent(new Event('online'));
  await world.pass(2); // a try may be pausing
  assert.equal(auth.state.status, 'signedIn');
});

test('retries back off and respect Retry-After', async (t) => {
  const world = install(t);
  world.service.signedIn();
  const auth = await signIn(t, world);
  world.service.onRequest = failed;

  auth.refresh().catch(() => undefined);
  await world.pass(600);
  const offline = world.service.count(REFRESH) - 1;
  assert.ok(offline >= 10 && offline <= 60, `${offline} tries in ten minutes`);

  world.service.onRequest = () => problem(503, 'SERVICE_UNAVAILABLE', {}, { 'Retry-After': '120' });
  await world.pass(70);
  const before = world.service.count(REFRESH);
  await world.pass(45);
  assert.equal(world.service.count(REFRESH), before);
});

test('a response that the session has ended signs out with the reason', async (t) => {
  for (const [code, reason, told] of [
    ['INVALID_REFRESH_TOKEN', 'user_disabled', 'user_disabled'],
    ['INVALID_REFRESH_TOKEN', undefined, undefined],
    ['TOKEN_REUSE_DETECTED', undefined, 'reuse_detected'],
  ]) {
    await t.test(`${code} ${reason}`, async (t) => {
      const world = install(t);
      world.service.signedIn();
      const auth = await signIn(t, world);
      world.service.routes[`POST ${REFRESH}`] = () => problem(401, code, { reason });

      const state = await auth.refresh();
      await settle();

      assert.deepEqual(state, { status: 'signedOut', reason: told });
      assert.deepEqual(auth.signedOut, [told]);
    });
  }
});

test('a network that drops requests and responses, even partially, signs nobody out', async (t) => {
  const world = install(t);
  const { service } = world;
  service.signedIn();
  const auth = await signIn(t, world);
  const rounds = process.env.AUTH_TEST_FULL === '1' ? 1000 : 200;
  let lost = 0;
  // A third of the attempts fail. After a lost response, the old token is accepted for 30 seconds: about fifteen attempts.
  const drops = () => Math.random() < 1 / 5 && ++lost;
  service.onRequest = () => (drops() ? failed() : undefined);
  service.onResponse = (response) => {
    if (!drops()) {
      return response;
    }
    if (Math.random() < 1 / 2) {
      return failed(); // the cookie is lost with the headers
    }
    const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) });
    return Object.assign(new Response(broken, { status: 200 }), { cookie: response.cookie });
  };

  for (let round = 1; round <= rounds; round++) {
    world.sleep(900);
    auth.getAccessToken().catch(() => undefined);
    await world.pass(60);
    assert.equal(auth.state.status, 'signedIn', `round ${round}`);
  }

  assert.ok(lost > rounds / 4);
  assert.deepEqual(auth.signedOut, []);
});
