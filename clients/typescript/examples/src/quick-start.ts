import './readme/quick-start.js';

document.body.append('Done.');
