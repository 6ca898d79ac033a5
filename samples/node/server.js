// A service that verifies access tokens of Auth; it needs only the issuer's address and the audience.
import { createServer } from 'node:http';
import { createVerifier, RefusedError } from '@auth/client/server';

const verifier = createVerifier({
  issuer: process.env.AUTH_AUTHORITY ?? 'http://localhost:5000',
  audience: process.env.AUTH_AUDIENCE ?? 'auth',
});

const requirementsOf = {
  GET: { permission: 'articles:read' },
  POST: { permission: 'articles:write' },
  // Only with a second factor that was used within the last ten minutes (RFC 9470).
  DELETE: { permission: 'articles:write', acr: 'mfa', maxAge: 600 },
};

const server = createServer(async (request, response) => {
  try {
    const requirements = requirementsOf[request.method];
    if (!requirements) {
      response.writeHead(405, { Allow: 'GET, POST, DELETE' }).end();
      return;
    }
    const user = await verifier.verify(request.headers.authorization, requirements);
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
