// A certified OpenID provider on loopback, with the addresses and the claims that Entra has. Its first line says where
// it listens; it ends with its standard input. It must not do anything for our application that it would not do for
// another one.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

import { Provider } from 'oidc-provider';

const [tenant, clientId, ...rights] = process.argv.slice(2);

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on('request', provider(issuer).callback());
  console.log(issuer);
});
process.stdin.resume().on('end', () => process.exit());

function provider(issuer) {
  const made = new Provider(issuer, {
    routes: {
      authorization: `/${tenant}/oauth2/v2.0/authorize`,
      token: `/${tenant}/oauth2/v2.0/token`,
    },
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: ['http://localhost/'],
      },
    ],
    scopes: ['openid', 'offline_access', ...rights],
    claims: { openid: ['sub', 'oid', 'tid'], profile: ['name', 'preferred_username'] },
    // Entra puts the profile into the ID token.
    conformIdTokenClaims: false,
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({
        sub: accountId,
        oid: 'fa8bf3dc-eca7-46b7-bad1-db199b62afc3',
        tid: tenant,
        name: 'Priya Raman',
        preferred_username: accountId,
      }),
    }),
    pkce: { required: () => true },
    rotateRefreshToken: true,
    cookies: { keys: [randomBytes(32).toString('hex')] },
    ttl: { AccessToken: 3600, IdToken: 3600, RefreshToken: 86400, Grant: 86400, Interaction: 600, Session: 86400 },
  });
  // OpenID Connect grants offline access only after a question for consent; Entra grants it on request.
  made.use((context, next) => {
    if (context.path.endsWith('/authorize')) context.query = { ...context.query, prompt: 'consent' };
    return next();
  });
  return made;
}
