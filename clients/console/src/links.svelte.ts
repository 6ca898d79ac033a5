import type { PageName } from './pages';
import { nameIn } from './router.svelte';
import { keep, recall } from './storage';

interface Link {
  readonly page: string;
  readonly token: string;
}

const storageKey = 'auth-link';

/** The link of a mail that was opened in this tab. Its secret is sent only when somebody presses the button of its page. */
const opened = $state<{ link: Link | undefined }>({ link: take() ?? recall(storageKey) });

// A link that is opened in a tab which already shows its page does not load the page again.
addEventListener('hashchange', () => {
  opened.link = take() ?? opened.link;
});

/** The secret of a link to a page; undefined if the page was opened without one. */
export function linkTo(page: PageName): string | undefined {
  return opened.link?.page === page ? opened.link.token : undefined;
}

/** Keeps the link in this tab until somebody has signed in. */
export function keepLink(): void {
  keep(storageKey, opened.link);
}

/** Forgets the link, which was used or is of no use. */
export function forgetLink(): void {
  opened.link = undefined;
  keep(storageKey, undefined);
}

// Removes the secret from the address bar and the history.
function take(): Link | undefined {
  const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) {
    return undefined;
  }
  history.replaceState(null, '', location.pathname + location.search);
  keep(storageKey, undefined);
  return { page: nameIn(location.pathname) ?? '', token };
}
