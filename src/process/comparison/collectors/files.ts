export { filesCollector } from './files/collect.js';
