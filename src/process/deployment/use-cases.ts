import type { DeploymentNeeds } from './needs.js';
import { runDeployment } from './run-deployment.js';
import { steerDeployment } from './steer-deployment.js';

/** Everything that people, time and dead processes do to a deployment. */
export const deploymentUseCases = (needs: DeploymentNeeds) => ({
  ...runDeployment(needs),
  ...steerDeployment(needs),
});
export type DeploymentUseCases = ReturnType<typeof deploymentUseCases>;
