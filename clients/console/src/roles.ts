/** The names of roles in a text, between commas. */
export function splitRoles(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
