// @apollo/gateway measures and calls home unless this is set before it is made; imported first by every program.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
