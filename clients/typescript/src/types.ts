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

// The package adds where refresh and device tokens are delivered.
type Delivery = 'refreshTokenIn' | 'deviceToken';

/** A new account. */
export type Registration = Omit<Schemas['RegisterRequest'], Delivery>;

/** An e-mail address and a password. */
export type Credentials = Omit<Schemas['LoginRequest'], Delivery>;

/** Changes of the account. Omitted properties are not changed. */
export type AccountChanges = Schemas['ChangeMeRequest'];

/** A change of the password. */
export type PasswordChange = Omit<Schemas['ChangePasswordRequest'], Delivery>;

/** The deletion of the account. */
export type AccountDeletion = Omit<Schemas['DeleteMeRequest'], Delivery>;

/** Why somebody was signed out. A newer service may have other reasons. */
export type SignOutReason = NonNullable<Problem['reason']> | (string & {});

/** What is known about the sign-in; `unknown` until the first refresh is answered. */
export type AuthState =
  | { readonly status: 'unknown' }
  | { readonly status: 'signedIn'; readonly user: User; readonly sessionId: string }
  | { readonly status: 'signedOut'; readonly reason: SignOutReason | undefined };

/** A route wants a more recent or a stronger sign-in (RFC 9470). */
export interface StepUpRequest {
  /** How old the sign-in may be, in seconds. */
  readonly maxAge: number | undefined;
  /** How strong the sign-in has to be, for example `mfa`. */
  readonly acrValues: string | undefined;
}

/** The password was right; a second factor is needed to sign in. */
export interface SecondFactorRequest {
  readonly methods: readonly string[];
  readonly expiresAt: string;
}

/** A second factor. */
export type SecondFactor =
  | { readonly code: string }
  | { readonly recoveryCode: string }
  | { readonly challengeToken: string; readonly credential: object };

/**
 * Keeps the refresh token where there are no cookies: in Capacitor, Node.js, or on another site than the service. The
 * methods are those of `localStorage` and of most key-value stores, and may be asynchronous.
 */
export interface TokenStore {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** Options of {@link createAuthClient}. */
export interface AuthClientOptions {
  /** The address of the service; with its path prefix, if any. May be relative in browsers. */
  readonly baseUrl: string;
  /** Origins besides that of the service that `fetch` sends the access token to. */
  readonly fetchOrigins?: readonly string[];
  /** Keeps the refresh token. Without one, it is in a cookie that scripts cannot read. */
  readonly tokenStore?: TokenStore;
  /** The user has been signed out, here, in another tab or by the service. */
  readonly onSignedOut?: (reason: SignOutReason | undefined) => void;
  /** Lets the user sign in again or prove more. With `true`, the call is repeated once; with `false`, it fails. */
  readonly onStepUp?: (request: StepUpRequest) => boolean | Promise<boolean>;
  /** Asks the user for a second factor during `login`. With `undefined`, `login` fails. */
  readonly onSecondFactor?: (
    request: SecondFactorRequest,
  ) => SecondFactor | undefined | Promise<SecondFactor | undefined>;
}

/** Signs people in, and calls services with their access token. The methods do not depend on `this`. */
export interface AuthClient {
  /** What is known about the sign-in. The object changes only if its content does. */
  readonly state: AuthState;
  /** Calls a function with the state, now and at each change. Returns a function that stops this. */
  subscribe(listener: (state: AuthState) => void): () => void;

  /** Creates an account and signs the user in. */
  register(registration: Registration): Promise<User>;
  /** Signs in. */
  login(credentials: Credentials): Promise<User>;
  /** Ends the session. */
  logout(): Promise<void>;
  /** Ends all sessions of the user. */
  logoutAll(): Promise<void>;
  /** Gets a new access token. Rejects only if the service did not say whether the user is signed in. */
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
