/**
 * The largest text that one step of parsing, searching or redaction worked on since the last reset to 0. All readers
 * count here, so that a test notices a large body in the main thread, however it got there. Each thread has its own
 * meter. It has no effect on behaviour.
 */
export const workMeter = { most: 0 }

/** @param length of the text worked on at once, in bytes or characters */
export function countWork(length: number): void {
  if (length > workMeter.most) workMeter.most = length
}
