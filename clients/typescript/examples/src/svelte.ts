import { mount } from 'svelte';
import Greeting from './readme/Greeting.svelte';

mount(Greeting, { target: document.querySelector('#app')! });
