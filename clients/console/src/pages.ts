import type { Component } from 'svelte';
import AcceptInvitation from './pages/AcceptInvitation.svelte';
import ChangeEmail from './pages/ChangeEmail.svelte';
import Data from './pages/Data.svelte';
import ForgotPassword from './pages/ForgotPassword.svelte';
import Password from './pages/Password.svelte';
import Profile from './pages/Profile.svelte';
import ResetPassword from './pages/ResetPassword.svelte';
import Security from './pages/Security.svelte';
import ServiceAccounts from './pages/ServiceAccounts.svelte';
import Sessions from './pages/Sessions.svelte';
import SignIn from './pages/SignIn.svelte';
import SignUp from './pages/SignUp.svelte';
import UndoEmailChange from './pages/UndoEmailChange.svelte';
import VerifyEmail from './pages/VerifyEmail.svelte';
import { settings } from './settings';

interface Page {
  readonly component: Component;
  /** Who can use it. Others see the page to sign in on, or their profile. */
  readonly for: 'signedIn' | 'signedOut' | 'everybody';
  /** Whether the navigation shows it. */
  readonly inNavigation?: true;
  /** The permission without which it is not there. */
  readonly permission?: string;
  /** Whether it is there only if the service sends mail. */
  readonly needsMail?: true;
}

/** All pages by the last segment of their address, which is also the key of their texts. */
export const pages = {
  profile: { component: Profile, for: 'signedIn', inNavigation: true },
  password: { component: Password, for: 'signedIn', inNavigation: true },
  security: { component: Security, for: 'signedIn', inNavigation: true },
  sessions: { component: Sessions, for: 'signedIn', inNavigation: true },
  data: { component: Data, for: 'signedIn', inNavigation: true },
  'service-accounts': {
    component: ServiceAccounts,
    for: 'signedIn',
    inNavigation: true,
    permission: 'service-accounts:read',
  },
  'sign-in': { component: SignIn, for: 'signedOut' },
  'sign-up': { component: SignUp, for: 'signedOut' },
  'forgot-password': { component: ForgotPassword, for: 'everybody', needsMail: true },
  // What links in mails lead to, which may be opened in any browser.
  'reset-password': { component: ResetPassword, for: 'everybody', needsMail: true },
  'verify-email': { component: VerifyEmail, for: 'everybody', needsMail: true },
  'accept-invitation': { component: AcceptInvitation, for: 'everybody', needsMail: true },
  'change-email': { component: ChangeEmail, for: 'signedIn', needsMail: true },
  'undo-email-change': { component: UndoEmailChange, for: 'everybody', needsMail: true },
} satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

export const pageNames = Object.keys(pages) as PageName[];

export function isPageName(name: string): name is PageName {
  return Object.hasOwn(pages, name) && (settings.sendsMail || !findPage(name as PageName).needsMail);
}

/** Whether a page is there for somebody with these permissions. */
export function isPermitted(name: PageName, permissions: readonly string[]): boolean {
  const { permission } = findPage(name);
  return permission === undefined || permissions.includes(permission);
}

export function findPage(name: PageName): Page {
  return pages[name];
}
