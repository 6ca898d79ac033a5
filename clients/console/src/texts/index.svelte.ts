import { de } from './de';
import { en } from './en';

/** The texts of a language. One that is missing is a type error. */
export type Texts = typeof en;

const languages = { en, de } as const;

export type Language = keyof typeof languages;

/** The languages by their own names. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

const storageKey = 'auth-language';

const current = $state({ language: detect() });

/** The texts in the language of the page. */
export function texts(): Texts {
  return languages[current.language];
}

/** Shows the page in another language, also next time. */
export function choose(language: Language): void {
  current.language = language;
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // The browser keeps nothing for this site: the choice ends with the page.
  }
}

function detect(): Language {
  const preferred = [stored() ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return preferred.find(isLanguage) ?? 'en';
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag);
}
