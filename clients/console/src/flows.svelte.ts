import type { StartedFlow } from '@auth/client';
import { auth } from './auth.svelte';
import { keep, recall } from './storage';

/** A mail that was asked for in this tab, and whose code has not been entered yet. */
export interface Flow {
  readonly token: string;
  /** Where the mail goes. */
  readonly email: string;
  /** When its code expires, by the clock of this device. */
  readonly expiresAt: number;
}

export type FlowName = 'registration' | 'reset' | 'change';

/** In milliseconds. What the service says is by its own clock, which may differ from that of this device. */
const codeLifetime = 10 * 60 * 1000;

export const flows = $state<Record<FlowName, Flow | undefined>>({
  registration: recall(keyOf('registration')),
  reset: recall(keyOf('reset')),
  change: recall(keyOf('change')),
});

// A change is asked for by a user who is signed in, a registration by a user who is not.
auth.subscribe(({ status }) => {
  if (status !== 'unknown') {
    endFlow(status === 'signedIn' ? 'registration' : 'change');
  }
});

/** Keeps what belongs to a mail that was asked for. */
export function startFlow(name: FlowName, { flowToken }: StartedFlow, email: string): void {
  set(name, { token: flowToken, email, expiresAt: Date.now() + codeLifetime });
}

/** Forgets a flow that is complete, or was given up. */
export function endFlow(name: FlowName): void {
  set(name, undefined);
}

/** Asks for the mail of a flow again. */
export async function resend(name: FlowName, { token, email }: Flow): Promise<void> {
  startFlow(name, await auth.resendMail(token), email);
}

function set(name: FlowName, flow: Flow | undefined): void {
  flows[name] = flow;
  keep(keyOf(name), flow);
}

function keyOf(name: FlowName): string {
  return `auth-flow-${name}`;
}
