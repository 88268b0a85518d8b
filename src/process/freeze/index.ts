export { freezeCommands } from './freeze.commands.js';
export { whatFreezeMisses } from './freeze.js';
export type { GateAnswer } from './freeze-staging.js';
export { freezeUseCases } from './use-cases.js';
