export { deploymentCommands } from './deployment.commands.js';
export { deploymentAppointments, deploymentOf, lastAttempt } from './deployment.js';
export { deploymentFiles, deploymentSlots } from './deployment.slots.js';
export { rollBackPress } from './deployment.views.js';
export type { DeploymentNeeds } from './needs.js';
export type { Runner } from './runners/runner.js';
export { scriptRunner } from './runners/script.runner.js';
export { type DeploymentUseCases, deploymentUseCases } from './use-cases.js';
