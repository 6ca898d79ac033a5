// A service that verifies access tokens of Auth; it needs only the issuer's address and the audience.
import { createServer } from 'node:http';
import { createVerifier, RefusedError } from '@auth/client/server';

const verifier = createVerifier({
  issuer: process.env.AUTH_AUTHORITY ?? 'http://localhost:5000',
  audience: process.env.AUTH_AUDIENCE ?? 'auth',
});

const permissionOf = { GET: 'articles:read', POST: 'articles:write' };

const server = createServer(async (request, response) => {
  try {
    const permission = permissionOf[request.method];
    if (!permission) {
      response.writeHead(405, { Allow: 'GET, POST' }).end();
      return;
    }
    const user = await verifier.verify(request.headers.authorization, { permission });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ user: user.sub }));
  } catch (error) {
    if (!(error instanceof RefusedError)) {
      throw error;
    }
    // Says why, as problem details, with WWW-Authenticate.
    response.writeHead(error.status, error.headers).end(JSON.stringify(error.problem));
  }
});

// Until it is known which tokens have been revoked, but for two seconds at most.
await verifier.ready;
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`Now listening on: http://127.0.0.1:${server.address().port}`);
});
