/** The minimum length. Long passwords are better than complicated ones (NIST SP 800-63B). */
export const shortestPassword = 12
/** The maximum length. Hashing longer input would only take time. */
export const longestPassword = 1_024
