import { renderToString } from 'react-dom/server';
import { Page } from './react-page.js';

console.log(renderToString(<Page />));
