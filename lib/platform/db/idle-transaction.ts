/**
 * In milliseconds: a session that does nothing in an open transaction for so long is ended by the database, because what it
 * has locked would stay locked for as long as its process hangs. No transaction waits for anything but the database.
 */
export const idleTransactionMs = 60_000
