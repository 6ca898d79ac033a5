/** The digits of a code, however they were typed or copied. */
export function readCode(text: string): string {
  return text.replace(/[\s-]/g, '');
}
