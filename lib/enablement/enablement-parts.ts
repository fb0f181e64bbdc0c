import 'server-only'

// Thousands of cells may wait for another person's thousands.
export const patience = { timeout: 30_000, maxWait: 10_000 }
