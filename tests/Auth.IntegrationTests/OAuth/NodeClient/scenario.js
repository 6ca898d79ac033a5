// Gets, introspects and revokes a token with oauth4webapi, in both ways of client authentication.
import * as oauth from 'oauth4webapi';

const [issuer, clientId, secret] = process.argv.slice(2);
const options = { [oauth.allowInsecureRequests]: true };
const client = { client_id: clientId };
const server = await oauth.processDiscoveryResponse(
  new URL(issuer),
  await oauth.discoveryRequest(new URL(issuer), options),
);

for (const authentication of [oauth.ClientSecretBasic(secret), oauth.ClientSecretPost(secret)]) {
  const { access_token: token, scope } = await oauth.processClientCredentialsResponse(
    server,
    client,
    await oauth.clientCredentialsGrantRequest(server, client, authentication, { scope: 'articles:read' }, options),
  );
  console.log(scope, await isActive(authentication, token));
  await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, authentication, token, options));
  console.log('revoked', await isActive(authentication, token));
}

try {
  const wrong = oauth.ClientSecretBasic('wrong');
  const response = await oauth.clientCredentialsGrantRequest(server, client, wrong, {}, options);
  await oauth.processClientCredentialsResponse(server, client, response);
} catch (error) {
  console.log(error.status, error.cause[0]?.scheme ?? error.error);
}

async function isActive(authentication, token) {
  const response = await oauth.introspectionRequest(server, client, authentication, token, options);
  return (await oauth.processIntrospectionResponse(server, client, response)).active;
}
