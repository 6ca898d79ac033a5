interface ImportMetaEnv {
  readonly VITE_AUTH_URL?: string;
  readonly VITE_ARTICLES_URL?: string;
}
