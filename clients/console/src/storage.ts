/** What this tab keeps over a reload. */
export function recall<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Keeps something in this tab, or forgets it. */
export function keep(key: string, value: object | undefined): void {
  try {
    if (value) {
      sessionStorage.setItem(key, JSON.stringify(value));
    } else {
      sessionStorage.removeItem(key);
    }
  } catch {
    // The browser keeps nothing for this site: a reload forgets it.
  }
}
