import type { Component } from 'svelte';
import Data from './pages/Data.svelte';
import Password from './pages/Password.svelte';
import Profile from './pages/Profile.svelte';
import Sessions from './pages/Sessions.svelte';
import SignIn from './pages/SignIn.svelte';
import SignUp from './pages/SignUp.svelte';

interface Page {
  readonly component: Component;
  /** Who can use it. Others see the page to sign in on, or their profile. */
  readonly for: 'signedIn' | 'signedOut';
  /** Whether the navigation shows it. */
  readonly inNavigation?: true;
}

/** All pages by the last segment of their address, which is also the key of their texts. */
export const pages = {
  profile: { component: Profile, for: 'signedIn', inNavigation: true },
  password: { component: Password, for: 'signedIn', inNavigation: true },
  sessions: { component: Sessions, for: 'signedIn', inNavigation: true },
  data: { component: Data, for: 'signedIn', inNavigation: true },
  'sign-in': { component: SignIn, for: 'signedOut' },
  'sign-up': { component: SignUp, for: 'signedOut' },
} satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

export const pageNames = Object.keys(pages) as PageName[];

export function isPageName(name: string): name is PageName {
  return Object.hasOwn(pages, name);
}

export function findPage(name: PageName): Page {
  return pages[name];
}
