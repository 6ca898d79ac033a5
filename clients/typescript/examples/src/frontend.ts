import './readme/frontend.js';

document.body.append('Done.');
