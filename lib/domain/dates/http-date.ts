/** The date format of HTTP headers. @see RFC 9110 §5.6.7 */
export const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
