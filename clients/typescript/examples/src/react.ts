import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Greeting } from './readme/react.js';

createRoot(document.querySelector('#app')!).render(createElement(Greeting));
