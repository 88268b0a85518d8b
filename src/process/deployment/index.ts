import type { DeploymentNeeds } from './needs.js';
import { runDeployment } from './run-deployment.js';
import { steerDeployment } from './steer-deployment.js';

export { deploymentCommands } from './deployment.commands.js';
export { type Attempt, deploymentAppointments, deploymentOf, lastAttempt } from './deployment.js';
export { deploymentFiles, deploymentSlots } from './deployment.slots.js';
export { rollBackPress } from './deployment.views.js';
export type { DeploymentNeeds } from './needs.js';
export type { Runner } from './runners/runner.js';
export { scriptRunner } from './runners/script.runner.js';

/** Everything that people, time and dead processes do to a deployment. */
export const deploymentUseCases = (needs: DeploymentNeeds) => ({
  ...runDeployment(needs),
  ...steerDeployment(needs),
});
export type DeploymentUseCases = ReturnType<typeof deploymentUseCases>;
