import { mount } from 'svelte';
import Page from './svelte-page.svelte';

mount(Page, { target: document.querySelector('#page') as HTMLElement }); // every page has it
