interface Settings {
  /** The origins that people may be sent back to. */
  readonly returnOrigins: readonly string[];
  readonly passwordMinLength: number;
  /** Whether the pages about mails work. */
  readonly sendsMail: boolean;
  /** Whether those who sign up have to confirm their address, before or after they have an account. */
  readonly emailConfirmation: 'None' | 'Optional' | 'Required';
  /** The origins of the pages that may use passkeys. */
  readonly passkeyOrigins: readonly string[];
}

const defaults: Settings = {
  returnOrigins: [],
  passwordMinLength: 8,
  sendsMail: true,
  emailConfirmation: 'Optional',
  passkeyOrigins: [location.origin],
};

/** What the service has written into the page. */
export const settings: Settings = {
  ...defaults,
  ...(JSON.parse(document.querySelector<HTMLMetaElement>('meta[name=settings]')!.content) as Partial<Settings>),
};

/** The longest password that the service accepts, in characters (Unicode code points). */
export const passwordMaxLength = 256;

const here = import.meta.url; // in a folder of the console: assets/, or src/ during development

/** The address of the console. The page itself may have no trailing slash. */
export const base = new URL('..', here);

/** The address of the service. */
export const service = new URL('..', base);
