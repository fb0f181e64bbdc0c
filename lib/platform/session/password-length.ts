/** At least this many characters: long beats complicated (NIST SP 800-63B). */
export const shortestPassword = 12
/** The longest password that is hashed: longer input only costs the server time. */
export const longestPassword = 1_024
