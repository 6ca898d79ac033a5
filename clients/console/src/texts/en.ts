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
  security: 'Security',
  sessions: 'Devices',
  data: 'Your data',
  'sign-in': 'Sign in',
  'sign-up': 'Create an account',
  'forgot-password': 'Forgotten password',
  'reset-password': 'Choose a new password',
  'verify-email': 'Confirm your e-mail address',
  'accept-invitation': 'Accept your invitation',
  'change-email': 'Change your e-mail address',
  'undo-email-change': 'Restore your e-mail address',
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
  signedInAs: (email: string) => `Signed in as ${email}`,

  back: {
    link: (host: string) => `Back to ${host}`,
    leaving: (host: string) => `Taking you back to ${host} …`,
    then: (host: string) => `Afterwards, you return to ${host}.`,
  },

  fields: {
    email: 'E-mail address',
    newEmail: 'New e-mail address',
    password: 'Password',
    newPassword: 'New password',
    currentPassword: 'Current password',
    displayName: 'Name',
    code: 'Code',
    recoveryCode: 'Recovery code',
    factorName: 'Name',
    optional: 'optional',
    show: 'Show password',
    hide: 'Hide password',
  },

  length: (min: number) => `At least ${min} characters. Several unrelated words are easy to remember and hard to guess.`,
  tooShort: (missing: number) => (missing === 1 ? '1 more character' : `${missing} more characters`),
  longEnough: 'Long enough. When you submit it, the service checks how easy it is to guess.',
  tooLong: (max: number) => `At most ${max} characters`,

  signIn: {
    submit: 'Sign in',
    forgot: 'Forgot your password?',
    signUp: 'No account yet?',
    signUpLink: 'Create one',
    passkey: 'Sign in with a passkey',
    passkeyHint: 'With your fingerprint, your face or the PIN of your device, and without a password.',
    wrongPasskey: 'This passkey has been removed from its account, or the account cannot be used. Sign in in another way.',
    secondFactor: 'One more step',
    expired: 'That took too long, or your account has changed meanwhile. Sign in again.',
  },
  signUp: {
    submit: 'Create account',
    signIn: 'Already have an account?',
    signInLink: 'Sign in',
    nameHint: 'The name that applications may show.',
  },
  /** What was done on the page before. */
  done: {
    accountCreated: 'Your e-mail address is confirmed, and your account has been created.',
    emailConfirmed: 'Your e-mail address is confirmed.',
    emailChanged: 'Your e-mail address has been changed. From now on, sign in with the new one.',
    emailRestored:
      'Your earlier e-mail address has been restored, and all devices have been signed out. Choose a new password now: the mail for it is on its way to that address.',
    invitationAccepted: 'Welcome! Your account is ready.',
    passwordReset: 'Your password has been changed, and all devices have been signed out. Sign in with the new password.',
  },
  link: {
    missing: 'To continue, open the link of the mail that we sent you.',
    wrong: 'This link is not valid. It has been used, has expired, or was replaced by a later mail.',
    invalid: 'Link not working?',
  },
  code: {
    hint: 'The six digits of the latest mail. They are valid for 10 minutes.',
    validUntil: (time: string) => `The six digits of the latest mail. They are valid until ${time}.`,
    expired: 'The code has expired. Have another mail sent.',
    missing: 'Enter the six digits of the mail.',
    wrong:
      'This code is not valid. Check that it is from the latest mail. After five wrong codes or 10 minutes, have another mail sent, or use the link of the mail.',
  },
  resend: {
    hint: 'No mail? Look in the spam folder first.',
    button: 'Send another mail',
    sent: 'Another mail is on its way. When it arrives, the code and link of the earlier one are no longer valid. If none arrives, too many were sent recently; the last one is then still valid.',
  },
  forgotPassword: {
    intro: 'Enter the e-mail address of your account. We send you a mail to choose a new password.',
    submit: 'Send mail',
    back: 'Back to sign-in',
  },
  resetPassword: {
    intro: 'A new password signs you out on all devices.',
    sent: (email: string) =>
      `If there is an account with the address ${email}, a mail is on its way. Enter its code here, or open its link on any device. A new password signs you out on all devices.`,
    submit: 'Set new password',
    again: 'Request another mail',
    otherAddress: 'Use another e-mail address',
  },
  verifyEmail: {
    title: 'Confirm your e-mail address',
    unconfirmed: (email: string) =>
      `The address ${email} has not been confirmed yet. Enter the code of the mail that we sent there, or open its link.`,
    sent: (email: string) =>
      `We have sent a mail to ${email}. Enter its code here to complete your account. If the mail says that you already have an account, sign in instead.`,
    link: 'Press the button to confirm your e-mail address.',
    password:
      'Enter the password that you chose when you signed up, so that we know that the account is yours. In a browser where you are signed in, the link needs no password.',
    signedIn: (email: string) =>
      `You are signed in as ${email}. If the link came to another address, sign out first.`,
    wrongPassword: 'This is not the password of the account that the link is for. If you did not sign up, ignore the mail.',
    confirmed: (email: string) => `The address ${email} is confirmed.`,
    submit: 'Confirm address',
    again: 'To have another mail sent, sign in or sign up again.',
    againOnProfile: 'Have another mail sent on your profile',
    otherAddress: 'Sign up with another address',
  },
  acceptInvitation: {
    intro: 'An account has been created for you. Choose a password to use it.',
    signedIn: (email: string) => `You are signed in as ${email}. You will be signed in to the new account instead.`,
    nameHint: 'The name that applications may show. Leave it empty to keep the name in the invitation.',
    submit: 'Accept invitation',
    again: 'Have another one sent to your address',
  },
  changeEmail: {
    intro: (email: string) =>
      `Your address is ${email}. We send a mail to the new one; nothing changes until you have confirmed it.`,
    submit: 'Send mail',
    sent: (email: string) =>
      `A mail is on its way to ${email}, unless that address is taken. Enter its code here, or open its link where you are signed in.`,
    link: (email: string) => `You are signed in as ${email}. This address will be replaced by the one that the link was sent to.`,
    signIn: 'Sign in with your current e-mail address. You can then confirm the new one.',
    confirm: 'Use new address',
    otherAddress: 'Enter another address',
    wrongPassword: 'The password is wrong. After many wrong passwords, the right one is also rejected for a while.',
  },
  undoEmailChange: {
    intro: 'Use this if you did not change the e-mail address of your account yourself. The address that received the mail becomes that of the account again.',
    effect: 'All devices are signed out, and you get a mail to choose a new password.',
    submit: 'Restore this address',
    help: 'Ask the administrator for help.',
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
    changeEmail: 'Change address',
  },
  password: {
    intro: 'Changing your password signs you out on all other devices.',
    submit: 'Change password',
    changed: 'Your password has been changed. All other devices have been signed out.',
    wrong: 'The current password is wrong. After many wrong passwords, the right one is also rejected for a while.',
  },
  security: {
    on: 'To sign in, you need one of these after your password, which alone is of no use to anybody else. A passkey also signs you in without a password.',
    off: 'At the moment, your password is all that anybody needs to sign in to your account. Add a passkey or an authenticator app to protect it.',
    passkeys: 'Passkeys',
    passkeysText: 'You sign in with your fingerprint, your face or the PIN of your device. There is nothing to type that others could find out.',
    noPasskeysHere: 'Passkeys cannot be used in this browser, or at this address.',
    addPasskey: 'Add a passkey',
    passkeyAdded: 'The passkey has been added.',
    apps: 'Authenticator apps',
    appsText: 'An app on your phone shows a new code every 30 seconds, also without a network.',
    addApp: 'Add an authenticator app',
    appAdded: 'The authenticator app has been added.',
    unnamed: { passkey: 'Passkey', totp: 'Authenticator app' },
    added: 'Added',
    lastUse: 'Last used',
    neverUsed: 'never',
    rename: 'Rename',
    renameOf: (name: string) => `Rename: ${name}`,
    renamed: 'The name has been saved.',
    remove: 'Remove',
    removeOf: (name: string) => `Remove: ${name}`,
    removeNow: 'Remove for good',
    removeApp: 'The codes of this app are then no longer valid.',
    removePasskey: 'You can then no longer sign in with this passkey. Also delete it where your device or password manager keeps it.',
    removeLast: 'This is the last one: after that, the password alone is enough to sign in, and the recovery codes are no longer valid.',
    removed: (name: string) => `Removed: ${name}`,
    codes: 'Recovery codes',
    codesText: 'If you lose your devices, each of these codes signs you in once, after your password.',
    codesLeft: (count: number) => (count === 1 ? '1 code is left.' : `${count} codes are left.`),
    renewCodes: 'Replace recovery codes',
    codesRenewed: 'You have new recovery codes. The earlier ones are no longer valid.',
  },
  addPasskey: {
    intro: 'Your browser asks you to confirm with your fingerprint, your face, a PIN or a security key.',
    nameHint: 'To tell it from your other passkeys.',
    submit: 'Create passkey',
    expired: 'That took too long, or your account has changed meanwhile. Try again.',
    rejected: 'The passkey was not accepted. It may belong to an account already.',
  },
  addApp: {
    intro: 'You need an app for codes on your phone, or a password manager that shows them.',
    nameHint: 'To tell it from other apps, for example the name of your phone.',
    scan: 'Scan this picture with the app:',
    qr: 'QR code with the key for the authenticator app',
    type: 'Or type this key into the app:',
    open: 'Open in an app on this device',
    codeHint: 'The six digits that the app shows now.',
    confirm: 'Confirm',
    wrong: 'This code is not right. Use the latest one, and check that the clock of your phone is right.',
  },
  codes: {
    intro: 'Keep these codes where you find them without your devices, for example printed out. They are shown only now.',
    heading: (host: string, email: string) => `Recovery codes for ${email} at ${host}`,
    copy: 'Copy',
    copied: 'The codes have been copied.',
    notCopied: 'The browser did not allow copying.',
    download: 'Download',
    print: 'Print',
    done: 'I have kept the codes',
  },
  /** A second factor at the sign-in and in the dialog. */
  factor: {
    intro: {
      passkey: 'Confirm with your passkey: your fingerprint, your face, the PIN of your device or a security key.',
      totp: 'Enter the code that your authenticator app shows.',
      recovery_code: 'Enter one of your recovery codes. It can be used only once.',
    },
    choose: {
      passkey: 'Use a passkey',
      totp: 'Use an authenticator app',
      recovery_code: 'Use a recovery code',
    },
    wrong: {
      passkey: 'This passkey was not accepted. Try again, or use something else.',
      totp: 'This code is not right, or has been used. Wait for the next one. After many wrong codes, the right one is also rejected for a while.',
      recovery_code: 'This code is not right, or has been used. After many wrong codes, the right one is also rejected for a while.',
    },
    usePasskey: 'Use passkey',
    missing: 'Enter the code.',
    unusable: 'Your passkey cannot be used in this browser, and you have no recovery codes left. Use the browser or device that you created it with.',
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
    deleteButton: 'Delete account permanently',
    wrong: 'The password is wrong. After many wrong passwords, the right one is also rejected for a while.',
  },
  stepUp: {
    title: "Confirm that it's you",
    intro: 'For your safety, this needs a recent sign-in.',
    password: 'Enter your password to continue.',
    noFactor: 'Your role requires more than a password for this: a passkey or an authenticator app.',
    addFactor: 'Add one',
    submit: 'Continue',
    wrong: 'The password is wrong. After many wrong passwords, the right one is also rejected for a while.',
  },

  errors: {
    invalidCredentials:
      'This e-mail address and password do not match, or the account cannot be used. After many wrong passwords, the right one is also rejected for a while.',
    emailTaken: 'There is already an account with this e-mail address. Sign in instead, or use another address.',
    invalidToken: 'This link or code is not valid. It has been used, has expired, or was replaced by a later mail.',
    invalidCode: 'This code is not right, or has been used.',
    tooManyFactors: 'You cannot have more of these. Remove one first.',
    passkeyCancelled: 'No passkey was used. Perhaps you have declined, it took too long, or there is none on this device.',
    passkeyExists: 'This device already has a passkey for your account.',
    passkeyUnavailable: 'Passkeys cannot be used in this browser, or at this address.',
    notFound: 'This is no longer there. Please reload the page, and try again.',
    invalidFields: 'Please check the highlighted fields.',
    notProved: 'Nothing was changed, because you did not confirm that it is you.',
    lastAdministrator: 'You are the only administrator. Make somebody else an administrator first.',
    concurrentUpdate: 'Somebody else changed this at the same moment. Please try again.',
    tooLarge: 'That is too much text. Please shorten it, and try again.',
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
