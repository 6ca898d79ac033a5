import type { SignOutReason } from './types.js';

/** What the tabs of an origin tell each other. Never a token. */
export type TabMessage =
  | { readonly type: 'signedIn'; readonly userId: string }
  | { readonly type: 'signedOut'; readonly userId: string; readonly reason: SignOutReason | undefined };

/** What a client does when something happens outside of it. */
export interface TabEvents {
  /** Another tab has signed in or out. */
  message(message: TabMessage): void;
  /** The user looks at this tab again, or the network is back. */
  wake(): void;
  /** The page comes out of the browser's cache, and has missed what the other tabs said. */
  restored(): void;
}

/** The connection of a tab to the others, and to its user. */
export interface Tab {
  post(message: TabMessage): void;
  close(): void;
}

/** Whether this tab is hidden. */
export function isHidden(): boolean {
  return typeof document === 'object' && document.visibilityState === 'hidden';
}

/** Connects this tab. Outside of browsers there are none. */
export function openTab(name: string, events: TabEvents): Tab {
  if (typeof document !== 'object') {
    return { post() {}, close() {} };
  }

  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => events.message(data);

  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener('visibilitychange', () => isHidden() || events.wake(), { signal });
  addEventListener('online', () => events.wake(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && events.restored(), { signal });

  return {
    post: (message) => channel.postMessage(message),
    close() {
      channel.close();
      listening.abort();
    },
  };
}
