import { AuthError, type AuthState } from '@auth/client';
import { articlesUrl, auth } from './auth.js';

const message = find('#message');
const form = find<HTMLFormElement>('#signed-out');
const section = find('#signed-in');
const answer = find('#answer');

// Called for changes in this tab, in other tabs, and on the service.
auth.subscribe((state) => {
  form.hidden = state.status !== 'signedOut';
  section.hidden = state.status !== 'signedIn';
  answer.textContent = '';
  message.textContent = describe(state);
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const credentials = { email: String(fields.get('email')), password: String(fields.get('password')) };
  void run(async () => {
    await (fields.get('action') === 'register' ? auth.register(credentials) : auth.login(credentials));
    form.reset();
  });
});

onClick('#whoami', () => call('/whoami'));
onClick('#articles', () => call('/articles'));
onClick('#refresh', async () => {
  await auth.refresh();
  answer.textContent = 'The new access token has the current roles and permissions.';
});
onClick('#logout', () => auth.logout());

async function call(path: string): Promise<void> {
  const response = await auth.fetch(articlesUrl + path);
  const body: { detail?: string } = await response.json();
  answer.textContent = `${response.status}: ${body.detail ?? JSON.stringify(body)}`;
}

/** Shows errors, none of which signs the user out. */
async function run(action: () => Promise<unknown>): Promise<void> {
  message.textContent = describe(auth.state);
  try {
    await action();
  } catch (error) {
    message.textContent = error instanceof AuthError ? explain(error) : 'Articles are not available at the moment.';
  }
}

function explain({ message, errors }: AuthError): string {
  return Object.values(errors).flat().join(' ') || message;
}

function describe(state: AuthState): string {
  switch (state.status) {
    case 'unknown':
      return 'One moment …';
    case 'signedIn':
      return `Signed in as ${state.user.email}.`;
    case 'signedOut':
      return state.reason === undefined || state.reason === 'logout'
        ? 'Sign in to read articles.'
        : `You have been signed out (${state.reason}).`;
  }
}

function onClick(selector: string, action: () => Promise<unknown>): void {
  find(selector).addEventListener('click', () => void run(action));
}

function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  return document.querySelector<T>(selector)!;
}
