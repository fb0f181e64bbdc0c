import 'server-only'

// A change of thousands of cells may have to wait for another one.
export const patience = { timeout: 30_000, maxWait: 10_000 }
