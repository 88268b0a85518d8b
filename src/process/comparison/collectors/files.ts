export { filesCollector } from './files/collect.js';
export { filesSource } from './files/source.js';
