import { auth } from './auth.svelte';
import { settings } from './settings';

/** Where the application wants its user back; undefined if it did not say, or may not. */
export const returnUrl = read(new URLSearchParams(location.search).get('return'));

/** Whether the browser is on its way there. */
export const returning = $state({ isLeaving: false });

let wasSignedOut = false;

if (returnUrl) {
  // Only a sign-in leads back at once: somebody who is signed in already may want to use this page.
  auth.subscribe(({ status }) => {
    if (status === 'signedOut') {
      wasSignedOut = true;
    } else if (status === 'signedIn' && wasSignedOut) {
      wasSignedOut = false;
      returning.isLeaving = true;
      location.assign(returnUrl);
    }
  });
  addEventListener('pageshow', ({ persisted }) => {
    returning.isLeaving &&= !persisted; // the user came back
  });
}

// Only absolute addresses of exactly the configured origins, which are all http or https: never javascript: or blob:, never
// another host by a name before an @ or by a backslash. The parser is the one that the browser navigates with.
function read(text: string | null): URL | undefined {
  if (text === null) {
    return undefined;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && !url.username && !url.password && settings.returnOrigins.includes(`${url.protocol}//${url.host}`)) {
    return url;
  }
  console.warn('Ignored the parameter "return": its origin is not among Ui:ReturnOrigins of the service.');
  return undefined;
}
