import { auth } from './readme/auth.js';
import * as app from './readme/authenticator-app.js';
import * as passkeys from './readme/passkeys.js';
import * as secondFactor from './readme/second-factor.js';

// For the test, which is their user.
Object.assign(window, { auth, ...app, ...passkeys, ...secondFactor });
document.body.append('Done.');
