import { auth } from './auth.svelte';
import { settings } from './settings';

/** Whether passkeys can be created and used here: the browser has them, and they belong to this address. */
export const passkeysWork = auth.passkeys.areSupported && settings.passkeyOrigins.includes(location.origin);
