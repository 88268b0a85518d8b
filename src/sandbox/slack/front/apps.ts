import { ApiError } from './api-error.js';
import type { MethodFamily } from './method.js';

/** Methods for the app-level token. */
export const appMethods: MethodFamily = {
  'apps.connections.open': {
    scopes: [],
    run: ({ slack }) => {
      const path = slack.sockets.ticket();
      if (path === undefined) throw new ApiError('too_many_websockets');
      return { url: `${slack.url().replace(/^http/, 'ws')}${path}` };
    },
  },
};
