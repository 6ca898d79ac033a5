// A service of its own that verifies access tokens of Auth: it knows the issuer's address and nothing else.
import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const issuer = process.env.AUTH_AUTHORITY ?? 'http://localhost:5000';
const audience = process.env.AUTH_AUDIENCE ?? 'auth';

// The configuration of the issuer says where its keys are, and has to say that it is that issuer's.
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

const server = createServer(async (request, response) => {
  const user = await authenticate(request);
  const permission = permissionOf[request.method];
  if (!user) {
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
  } else if (!permission || !user.permissions.includes(permission)) {
    response.writeHead(403).end();
  } else {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ user: user.sub }));
  }
});

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`Now listening on: http://127.0.0.1:${server.address().port}`);
});
