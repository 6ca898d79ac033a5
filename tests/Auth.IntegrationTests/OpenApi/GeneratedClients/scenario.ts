// Signs up, signs in, refreshes and logs out with nothing but what openapi-typescript makes of the document.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

const [baseUrl, email, password] = process.argv.slice(2) as [string, string, string];
const client = createClient<paths>({ baseUrl });

const wrong = await client.POST('/api/auth/login', { body: { email, password: `${password}?` } });
const problem: components['schemas']['ProblemResponse'] | undefined = wrong.error;
if (problem?.code !== 'INVALID_CREDENTIALS') {
  throw new Error(`${problem?.code}`);
}

// refreshTokenIn is optional: without it the token is in a cookie.
const inCookie = await client.POST('/api/auth/login', { body: { email, password } });
if (inCookie.data?.refreshToken !== undefined) {
  throw new Error('The token is in the body.');
}

const signIn = await client.POST('/api/auth/login', { body: { email, password, refreshTokenIn: 'body' } });
const refreshToken = signIn.data?.refreshToken;
if (refreshToken === undefined) {
  throw new Error(signIn.error?.code);
}

const refreshed = await client.POST('/api/auth/refresh', { body: { refreshToken } });
const headers = { Authorization: `Bearer ${refreshed.data?.accessToken}` };
const me = await client.GET('/api/users/me', { headers });
if (me.data?.email !== email) {
  throw new Error(`${me.data?.email}`);
}

const successor = refreshed.data?.refreshToken ?? '';
await client.POST('/api/auth/logout', { body: { refreshToken: successor } });
const ended = await client.POST('/api/auth/refresh', { body: { refreshToken: successor } });
const reason: components['schemas']['ProblemResponse']['reason'] = ended.error?.reason;
console.log(`signed out: ${reason}`);
