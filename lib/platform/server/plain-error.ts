import { stopping } from './stopping'

/** Something that the person at the terminal can mend: shown as a sentence, without a stack. */
export class PlainError extends Error {
  override name = 'PlainError'
}

/** As shells say it of a command that Ctrl-C has ended. */
const stoppedCode = 130

/** Runs a command to its end; a PlainError becomes its sentence on the terminal and exit code 1. */
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
