/** Something that the person at the terminal can mend: shown as a sentence, without a stack. */
export class PlainError extends Error {
  override name = 'PlainError'
}

/** Runs a command to its end; a PlainError becomes its sentence on the terminal and exit code 1. */
export async function runCommand(command: () => Promise<unknown>): Promise<void> {
  try {
    await command()
    process.exit(0)
  } catch (error) {
    console.error(error instanceof PlainError ? `\n${error.message}\n` : error)
    process.exit(1)
  }
}
