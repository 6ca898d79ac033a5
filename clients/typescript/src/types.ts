import type { components } from './api.js';

type Schemas = components['schemas'];

/** The user of a sign-in. */
export type User = Schemas['SignedInUserResponse'];

/** The account of the signed-in user, read from the database. */
export type Account = Schemas['UserResponse'];

/** The claims of the access token. */
export type Claims = Schemas['MeResponse'];

/** One sign-in on one device. */
export type SessionDetails = Schemas['SessionResponse'];

/** Everything that the service stores about a user, except credentials. */
export type AccountExport = Schemas['UserExportResponse'];

/** An error of the service (RFC 9457). */
export type Problem = Schemas['ProblemResponse'];

/** The tokens of a session, and its user. */
export type SignIn = Schemas['SignInResponse'];

// The package adds the delivery of refresh and device tokens.
type Delivery = 'refreshTokenIn' | 'deviceToken';

/** A new account. */
export type Registration = Omit<Schemas['RegisterRequest'], Delivery>;

/** An e-mail address and a password. */
export type Credentials = Omit<Schemas['LoginRequest'], Delivery>;

/** A mail that was asked for, whether one is sent or not. The `flowToken` is needed together with its code. */
export type StartedFlow = Schemas['StartedFlowResponse'];

/** What proves that an address is the user's: the code or the link of a mail, and that this client asked for it. */
export type EmailProofs = Omit<Schemas['VerifyEmailRequest'], Delivery>;

/** A new password, with the link of a mail, or its code and the `flowToken`. */
export type PasswordReset = Schemas['ResetPasswordRequest'];

/** Another address, with the password. */
export type EmailChange = Omit<Schemas['ChangeEmailRequest'], Delivery>;

/** The link of a mail to the new address, or its code and the `flowToken`. */
export type EmailChangeProofs = Schemas['ConfirmEmailChangeRequest'];

/** The link of an invitation, with the first password. */
export type InvitationAcceptance = Omit<Schemas['AcceptInvitationRequest'], Delivery>;

/** Changes of the account. Omitted properties are not changed. */
export type AccountChanges = Schemas['ChangeMeRequest'];

/** A password change. */
export type PasswordChange = Omit<Schemas['ChangePasswordRequest'], Delivery>;

/** The deletion of the account. */
export type AccountDeletion = Omit<Schemas['DeleteMeRequest'], Delivery>;

/** An authenticator app or a passkey. */
export type Factor = Schemas['FactorResponse'];

/** The factors of a user, and how many recovery codes are left. */
export type FactorList = Schemas['FactorListResponse'];

/** The secret of an authenticator app, as a text and for a QR code. It is shown only once. */
export type TotpEnrolment = Schemas['TotpEnrolmentResponse'];

/** A new passkey, with recovery codes if it is the first factor. */
export type NewPasskey = Schemas['AddedPasskeyResponse'];

/** Why a user was signed out. A newer service may have other reasons. */
export type SignOutReason = NonNullable<Problem['reason']> | (string & {});

/** The state of the sign-in; `unknown` until the first refresh completes. */
export type AuthState =
  | { readonly status: 'unknown' }
  | { readonly status: 'signedIn'; readonly user: User; readonly sessionId: string }
  | { readonly status: 'signedOut'; readonly reason: SignOutReason | undefined };

/** A route requires a more recent or stronger sign-in (RFC 9470). */
export interface StepUpRequest {
  /** The maximum age of the sign-in, in seconds. */
  readonly maxAge: number | undefined;
  /** The required strength of the sign-in, for example `mfa`. */
  readonly acrValues: string | undefined;
}

/** The password was right; a second factor is needed to sign in. */
export interface SecondFactorRequest {
  /** For `completeLogin`. It can be answered once, by this client. */
  readonly challenge: string;
  /** The factors that the user has: `totp`, `passkey`, `recovery_code`. A newer service may have others. */
  readonly methods: readonly string[];
  readonly expiresAt: string;
}

/** What a passkey has signed. */
export interface PasskeyProof {
  readonly challengeToken: string;
  readonly credential: object;
}

/** A second factor: the code of an authenticator app, a recovery code or a passkey. */
export type SecondFactor = { readonly code: string } | { readonly recoveryCode: string } | PasskeyProof;

/** What proves that the user is still there. */
export type StepUpProof = { readonly password: string } | SecondFactor;

/** How a passkey is asked for. */
export interface PasskeySignInOptions {
  /** Offers passkeys in the autofill of a field with `autocomplete="username webauthn"`, until the user chooses one. */
  readonly mediation?: 'conditional' | undefined;
  /** Stops asking. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Passkeys. They reject with `PASSKEY_CANCELLED` if none was used, and because browsers ask for one at a time, also if this client
 * asks for another one.
 */
export interface Passkeys {
  /** Whether this browser has passkeys. */
  readonly areSupported: boolean;
  /** Creates a passkey for the signed-in user. */
  create(name?: string | null, signal?: AbortSignal): Promise<NewPasskey>;
  /** Signs in without a password. */
  signIn(options?: PasskeySignInOptions): Promise<User>;
  /** Asks for a passkey as the second factor of a `login`. */
  getSecondFactor(request: SecondFactorRequest, signal?: AbortSignal): Promise<SecondFactor>;
  /** Authenticates the user again, like {@link AuthClient.stepUp}. */
  stepUp(signal?: AbortSignal): Promise<void>;
}

/**
 * Stores the refresh token where cookies are not available: in Capacitor, in Node.js, or on a different site. The
 * methods are those of `localStorage` and of most key-value stores, and may be asynchronous.
 */
export interface TokenStore {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** Options of {@link createAuthClient}. */
export interface AuthClientOptions {
  /** The address of the service, including its path prefix, if any. May be relative in browsers. */
  readonly baseUrl: string;
  /** Origins, in addition to that of the service, to which `fetch` sends the access token. */
  readonly fetchOrigins?: readonly string[];
  /** Stores the refresh token. Without a store, it is in a cookie that scripts cannot read. */
  readonly tokenStore?: TokenStore;
  /** Called when the user has been signed out, here, in another tab or by the service. */
  readonly onSignedOut?: (reason: SignOutReason | undefined) => void;
  /** Lets the user sign in again, or with another factor. With `true`, the call is repeated once; with `false`, it fails. */
  readonly onStepUp?: (request: StepUpRequest) => boolean | Promise<boolean>;
  /** Asks the user for a second factor during `login`. With `undefined`, `login` fails, and `completeLogin` can go on. */
  readonly onSecondFactor?: (
    request: SecondFactorRequest,
  ) => SecondFactor | undefined | Promise<SecondFactor | undefined>;
}

/** Signs users in, and calls services with their access token. The methods do not depend on `this`. */
export interface AuthClient {
  /** The state of the sign-in. The object changes only if its content does. */
  readonly state: AuthState;
  /** Calls a function with the state, immediately and on each change. Returns a function to unsubscribe. */
  subscribe(listener: (state: AuthState) => void): () => void;

  /** Creates an account and signs the user in. */
  register(registration: Registration): Promise<User>;
  /** Asks for an account where addresses have to be confirmed first; `verifyEmail` then signs the user in. */
  requestAccount(registration: Registration): Promise<StartedFlow>;
  /**
   * Confirms an address with a mail. Returns the user if that has created the account and signed them in, in place of
   * another user who was signed in; `undefined` if there was one.
   */
  verifyEmail(proofs: EmailProofs): Promise<User | undefined>;
  /** Sends the mail of a flow again; without a `flowToken`, the one that confirms the signed-in user's address. */
  resendMail(flowToken?: string): Promise<StartedFlow>;
  /** Asks for a mail to replace a forgotten password. */
  forgotPassword(email: string): Promise<StartedFlow>;
  /** Replaces a forgotten password. Signs nobody in. */
  resetPassword(reset: PasswordReset): Promise<void>;
  /** Asks for a mail to another address. */
  changeEmail(change: EmailChange): Promise<StartedFlow>;
  /** Confirms the other address. */
  confirmEmailChange(proofs: EmailChangeProofs): Promise<void>;
  /** Restores the address from before a change. Ends all sessions. */
  undoEmailChange(token: string): Promise<void>;
  /** Sets the first password of an invited user, and signs them in. */
  acceptInvitation(acceptance: InvitationAcceptance): Promise<User>;
  /**
   * Signs in. If a second factor is needed that `onSecondFactor` does not return, rejects with `SECOND_FACTOR_REQUIRED`, whose
   * `secondFactor` says what `completeLogin` needs.
   */
  login(credentials: Credentials): Promise<User>;
  /** Completes a `login` with the second factor. After a wrong one (`INVALID_CODE`), the challenge may be answered again. */
  completeLogin(challenge: string, factor: SecondFactor): Promise<User>;
  /** Ends the session. */
  logout(): Promise<void>;
  /** Ends all sessions of the user. */
  logoutAll(): Promise<void>;
  /** Gets a new access token. Rejects only if it is unknown whether the user is still signed in. */
  refresh(): Promise<AuthState>;
  /** Returns a valid access token; `undefined` if nobody is signed in. */
  getAccessToken(): Promise<string | undefined>;
  /** The `fetch` of the platform, with the access token for the configured origins. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;

  /** Reads the account. */
  getAccount(): Promise<Account>;
  /** Changes the account. */
  updateAccount(changes: AccountChanges): Promise<Account>;
  /** Deletes the account and all of its data. */
  deleteAccount(deletion: AccountDeletion): Promise<void>;
  /** Exports everything that is stored about the user. */
  exportAccount(): Promise<AccountExport>;
  /** Changes the password, and ends all other sessions. */
  changePassword(change: PasswordChange): Promise<void>;
  /** Authenticates the user again within the session, for what requires a recent authentication. */
  stepUp(proof: StepUpProof): Promise<void>;

  /** Lists the second factors. */
  listFactors(): Promise<FactorList>;
  /** Begins the enrolment of an authenticator app. */
  enrolTotp(name?: string | null): Promise<TotpEnrolment>;
  /** Completes the enrolment with a code of the app. Returns recovery codes if it is the first factor; they are shown only once. */
  confirmTotp(id: string, code: string): Promise<readonly string[] | null>;
  /** Renames a factor; with null, it has no name. */
  renameFactor(id: string, name: string | null): Promise<Factor>;
  /** Removes a factor. The recovery codes go with the last one. */
  removeFactor(id: string): Promise<void>;
  /** Replaces the recovery codes. They are shown only once. */
  renewRecoveryCodes(): Promise<readonly string[]>;
  /** Passkeys: a second factor, and a way to sign in without a password. */
  readonly passkeys: Passkeys;

  /** Reads the claims of the access token. */
  getClaims(): Promise<Claims>;
  /** Lists the user's sessions, oldest first. */
  listSessions(): Promise<SessionDetails[]>;
  /** Ends one of the user's sessions. */
  endSession(id: string): Promise<void>;
  /** Ends all sessions but the current one. */
  endOtherSessions(): Promise<void>;

  /** Stops timers and event listeners. The user stays signed in. */
  close(): void;
}
