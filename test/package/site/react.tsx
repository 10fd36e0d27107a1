import { createRoot, hydrateRoot } from 'react-dom/client';
import { Page } from './react-page.js';

const place = document.querySelector('#page') as HTMLElement; // every page has it
if (place.firstElementChild) hydrateRoot(place, <Page />, { onRecoverableError: console.error });
else createRoot(place).render(<Page />);
