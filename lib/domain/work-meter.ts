/**
 * How much of a text one step of parsing, searching or redaction works on, at most, since it was last set to 0. Every
 * reader counts here, so that a test sees a large body in the main thread whichever way it came there. Each thread has
 * a meter of its own. It decides nothing.
 */
export const workMeter = { most: 0 }

/** @param length of what is worked on at once, in bytes or characters */
export function countWork(length: number): void {
  if (length > workMeter.most) workMeter.most = length
}
