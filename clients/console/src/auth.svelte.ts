import { createAuthClient, type StepUpRequest } from '@auth/client';
import { service } from './settings';

/** A call that waits until the user has proved who they are. */
export interface StepUp {
  readonly request: StepUpRequest;
  /** Ends the question; with `true`, the call is repeated. */
  readonly answer: (proved: boolean) => void;
}

/** The question that is asked now. */
export const steppingUp = $state<{ current: StepUp | undefined }>({ current: undefined });

/** Whether somebody has been signed in since the page was opened. */
export const visit = $state({ wasSignedIn: false });

export const auth = createAuthClient({
  baseUrl: service.href,
  onStepUp: (request) =>
    new Promise((resolve) => {
      steppingUp.current = {
        request,
        answer(proved) {
          steppingUp.current = undefined;
          resolve(proved);
        },
      };
    }),
});

auth.subscribe(({ status }) => {
  visit.wasSignedIn ||= status === 'signedIn';
});
