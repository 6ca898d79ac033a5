// A service that verifies access tokens of Auth; it needs only the issuer's address and the audience.
import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const issuer = process.env.AUTH_AUTHORITY ?? 'http://localhost:5000';
const audience = process.env.AUTH_AUDIENCE ?? 'auth';

// The discovery document has the address of the keys, and must name the same issuer.
const configuration = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
if (configuration.issuer !== issuer) {
  throw new Error(`${issuer} calls itself ${configuration.issuer}.`);
}

// Read again every ten minutes, and when a token names a key that is not known yet.
const keys = createRemoteJWKSet(new URL(configuration.jwks_uri));

async function authenticate(request) {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || !token) {
    return null;
  }

  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      typ: 'at+jwt', // no other kind of token of the same issuer
      algorithms: ['ES256'], // Jwt:Algorithm there
      clockTolerance: 30,
      requiredClaims: ['sub', 'exp'],
    });
    return payload;
  } catch {
    return null;
  }
}

const permissionOf = { GET: 'articles:read', POST: 'articles:write' };

function refuse(response, status, title, detail, headers = {}) {
  response
    .writeHead(status, { 'Content-Type': 'application/problem+json', ...headers })
    .end(JSON.stringify({ title, status, detail }));
}

const server = createServer(async (request, response) => {
  const permission = permissionOf[request.method];
  const user = await authenticate(request);
  if (!permission) {
    refuse(response, 405, 'Method Not Allowed', 'Use GET or POST.', { Allow: 'GET, POST' });
  } else if (!user) {
    const detail = 'Send a valid access token as Authorization: Bearer.';
    refuse(response, 401, 'Unauthorized', detail, { 'WWW-Authenticate': 'Bearer' });
  } else if (!user.permissions.includes(permission)) {
    refuse(response, 403, 'Forbidden', `The token is valid, but its user lacks the permission ${permission}.`);
  } else {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ user: user.sub }));
  }
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`Now listening on: http://127.0.0.1:${server.address().port}`);
});
