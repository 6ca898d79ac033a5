import '@angular/compiler'; // compiles the libraries at run time, because Vite does not
import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createApplication } from '@angular/platform-browser';
import { authInterceptor } from './readme/interceptor.js';

const articles = new URLSearchParams(location.search).get('articles');
const application = await createApplication({ providers: [provideHttpClient(withInterceptors([authInterceptor]))] });
application.injector
  .get(HttpClient)
  .get(`${articles}/whoami`, { responseType: 'text' })
  .subscribe((text) => document.body.append(text));
