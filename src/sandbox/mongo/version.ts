/** The MongoDB release whose answers the in-process engine gives. */
export const engineVersion = '7.0.14';
