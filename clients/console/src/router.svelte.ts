import type { PageName } from './pages';
import { returnUrl } from './returning.svelte';
import { base } from './settings';
import type { Texts } from './texts/index.svelte';

/** What has just been done, which the next page says. */
export type Done = keyof Texts['done'];

/** The name of the page in the address; there may be no such page. */
export const route = $state<{ name: string; done: Done | undefined }>({
  name: nameIn(location.pathname) ?? home(),
  done: undefined,
});

// Relative, it would lead elsewhere from the address of another page.
const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')!;
icon.setAttribute('href', icon.href);

addEventListener('popstate', () => {
  const name = nameIn(location.pathname) ?? home();
  if (name !== route.name) {
    go(name);
  }
});

// Links are plain <a href>, which can also be opened in another tab.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented || link.origin !== location.origin || link.hash || link.download) {
    return;
  }
  const name = nameIn(link.pathname);
  if (name !== undefined) {
    event.preventDefault();
    show(name);
  }
});

/** The address of a page. */
export function href(page: PageName): string {
  return addressOf(page);
}

/** Shows a page instead of the current one. */
export function redirect(page: PageName, done?: Done): void {
  history.replaceState(null, '', addressOf(page));
  go(page, done);
}

/** The name of the page at a path; undefined if it is outside of the console. */
export function nameIn(pathname: string): string | undefined {
  return pathname.startsWith(base.pathname)
    ? pathname.slice(base.pathname.length).replace(/\/$/, '') || home()
    : undefined;
}

function show(name: string): void {
  history.pushState(null, '', addressOf(name));
  go(name);
  scrollTo(0, 0);
}

function go(name: string, done?: Done): void {
  route.name = name;
  route.done = done;
}

function addressOf(name: string): string {
  const path = name === home() ? base.pathname : base.pathname + name;
  return path + (returnUrl ? `?return=${encodeURIComponent(returnUrl.href)}` : '');
}

/** The page at the address of the console itself. */
function home(): PageName {
  return 'profile';
}
