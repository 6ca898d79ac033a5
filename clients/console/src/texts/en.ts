import type { SignOutReason } from '@auth/client';
import type { PageName } from '../pages';

/** Why somebody was signed out, and what to do about it. */
interface SignOutText {
  readonly title: string;
  readonly detail: string;
}

type KnownReason = Exclude<SignOutReason, string & {}>;

const pages: Record<PageName, string> = {
  profile: 'Profile',
  password: 'Password',
  sessions: 'Devices',
  data: 'Your data',
  'sign-in': 'Sign in',
  'sign-up': 'Create an account',
};

const signedOut: Record<KnownReason, SignOutText> = {
  logout: { title: 'You have signed out.', detail: '' },
  logout_all: { title: 'You have signed out on all your devices.', detail: '' },
  session_revoked: {
    title: 'You were signed out from another device.',
    detail: 'Somebody who is signed in to your account ended the session of this device. If that was not you, sign in and change your password.',
  },
  signed_in_again: { title: 'You have signed in again on this device.', detail: 'That ended the earlier session.' },
  reuse_detected: {
    title: 'You were signed out for your safety.',
    detail: 'A sign-in of this device was used twice, which happens if somebody has copied it. If you did not restore a backup or clone this device, change your password.',
  },
  password_changed: {
    title: 'You were signed out because your password was changed.',
    detail: 'Sign in with the new password. If you did not change it, ask the administrator for help.',
  },
  roles_changed: { title: 'Your permissions have changed.', detail: 'Sign in again to use them.' },
  user_disabled: {
    title: 'Your account has been disabled.',
    detail: 'Ask the administrator if you think that this is a mistake.',
  },
  user_deleted: { title: 'Your account has been deleted.', detail: 'Your personal data is gone.' },
  admin_revoked: { title: 'An administrator has signed you out.', detail: 'You can sign in again.' },
  expired_idle: {
    title: 'You were signed out because you had been away for a long time.',
    detail: 'Sign in again to continue.',
  },
  expired_absolute: {
    title: 'You were signed out because your last sign-in was a long time ago.',
    detail: 'Sign in again to continue.',
  },
};

export const en = {
  language: 'en',
  title: 'Account',
  pages,
  notFound: { title: 'Page not found', text: 'There is no page at this address.', link: 'Go to your profile' },
  skip: 'Skip to content',
  navigation: 'Account',
  languageLabel: 'Language',
  waiting: 'One moment …',
  retry: 'Try again',
  cancel: 'Cancel',
  signOut: 'Sign out',

  back: {
    link: (host: string) => `Back to ${host}`,
    leaving: (host: string) => `Taking you back to ${host} …`,
    then: (host: string) => `Then you continue to ${host}.`,
  },

  fields: {
    email: 'E-mail address',
    password: 'Password',
    newPassword: 'New password',
    currentPassword: 'Current password',
    displayName: 'Name',
    optional: 'optional',
    show: 'Show password',
    hide: 'Hide password',
  },

  length: (min: number) => `At least ${min} characters. Several unrelated words are easy to remember and hard to guess.`,
  tooShort: (missing: number) => (missing === 1 ? '1 more character' : `${missing} more characters`),
  longEnough: 'Long enough. Whether it is easy to guess is checked when you send it.',
  tooLong: (max: number) => `At most ${max} characters`,

  signIn: {
    submit: 'Sign in',
    signUp: 'No account yet?',
    signUpLink: 'Create one',
  },
  signUp: {
    submit: 'Create account',
    signIn: 'Already have an account?',
    signInLink: 'Sign in',
    nameHint: 'How applications may greet you.',
  },
  signedOut,
  signedOutOther: { title: 'You have been signed out.', detail: 'Sign in again to continue.' },

  profile: {
    save: 'Save',
    saved: 'Your name has been saved.',
    roles: 'Roles',
    noRoles: 'None',
    memberSince: 'Account created',
    lastSignIn: 'Last sign-in',
  },
  password: {
    intro: 'Changing your password signs you out on all other devices.',
    submit: 'Change password',
    changed: 'Your password has been changed. All other devices have been signed out.',
    wrong: 'The current password is wrong. After many wrong passwords, the right one is also rejected for up to an hour.',
  },
  sessions: {
    intro: 'These devices are signed in to your account. If you do not recognize one, end its session and change your password.',
    current: 'This device',
    device: (program: string | undefined, system: string | undefined) =>
      program && system ? `${program} on ${system}` : (program ?? system ?? 'Unknown device'),
    place: 'IP address',
    unknownPlace: 'unknown',
    lastUse: 'Last used',
    signIn: 'Signed in',
    end: 'End session',
    endOf: (device: string) => `End session: ${device}`,
    ended: (device: string) => `The session has ended: ${device}`,
    endOthers: 'End all other sessions',
    endedOthers: 'All other sessions have ended.',
    noOthers: 'You are not signed in on any other device.',
  },
  data: {
    exportTitle: 'Download your data',
    exportText: 'Everything that is stored about you, as a file in JSON format.',
    exportButton: 'Download',
    exported: 'Your data has been downloaded.',
    deleteTitle: 'Delete your account',
    deleteText:
      'Your account and your personal data are deleted at once and cannot be restored. You are signed out everywhere. Applications may keep data of their own.',
    deleteButton: 'Delete account forever',
    wrong: 'The password is wrong. After many wrong passwords, the right one is also rejected for up to an hour.',
  },
  stepUp: {
    title: 'Is it you?',
    text: 'For your safety, this needs a recent sign-in. Enter your password to continue.',
    submit: 'Continue',
    wrong: 'The password is wrong. After many wrong passwords, the right one is also rejected for up to an hour.',
  },

  errors: {
    invalidCredentials:
      'This e-mail address and password do not match, or the account cannot be used. After many wrong passwords, the right one is also rejected for up to an hour.',
    emailTaken: 'There is already an account with this e-mail address. Sign in instead, or use another address.',
    invalidFields: 'Please check the marked fields.',
    notProved: 'Nothing was changed, because it was not confirmed that it is you.',
    lastAdministrator: 'You are the only administrator. Make somebody else an administrator first.',
    concurrentUpdate: 'Somebody else changed this at the same moment. Please try again.',
    rateLimited: (wait: string | undefined) => `Too many attempts. Please try again ${wait ?? 'later'}.`,
    unavailable: (wait: string | undefined) => `The service is busy or being maintained. Please try again ${wait ?? 'later'}.`,
    offline: 'You are offline. Please try again when you are connected.',
    unreachable: 'The service cannot be reached. Please check your connection, and try again.',
    userChanged: 'Somebody else has signed in in another tab. Please check whose account this is, and try again.',
    other: (traceId: string | undefined) =>
      `Something went wrong. Please try again later${traceId ? `, and report this number if it happens again: ${traceId}` : ''}.`,
  },

  /** The messages of the service are in English. */
  translate: (message: string): string => message,
};
