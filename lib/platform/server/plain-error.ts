import { stopping } from './stopping'

/** An error that the person at the terminal can fix. It is shown as a sentence, without a stack. */
export class PlainError extends Error {
  override name = 'PlainError'
}

/** The exit code that shells use for a command that was ended by Ctrl-C. */
const stoppedCode = 130

/** Runs a command. A PlainError is shown as its sentence, with exit code 1. */
export async function runCommand(command: () => Promise<unknown>): Promise<void> {
  try {
    await command()
    process.exit(0)
  } catch (error) {
    if (stopping.aborted) process.exit(stoppedCode)
    console.error(error instanceof PlainError ? `\n${error.message}\n` : error)
    process.exit(1)
  }
}
