export { freezeCommands } from './freeze.commands.js';
export { whatFreezeMisses } from './freeze.js';
export { freezeUseCases } from './use-cases.js';
