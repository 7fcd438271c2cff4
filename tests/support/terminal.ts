/** A program in a terminal, driven key by key. It needs Python, whose library has pseudo terminals. */
import { spawnSync } from 'node:child_process'

const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import pty']).status === 0)

export const hasTerminal = python !== undefined

/** Waits for each text after what was read before, then types; ends when the program ends, or after a minute. */
const driver = `
import fcntl, json, os, pty, re, select, struct, sys, termios, time
size, steps, command = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', size[1], size[0], 0, 0))
end = time.time() + 60
shown, seen = b'', 0
steps = [(wanted.encode(), keys.encode()) for wanted, keys in steps]
while time.time() < end:
    if steps and shown.find(steps[0][0], seen) >= 0:
        wanted, keys = steps.pop(0)
        seen = shown.find(wanted, seen) + len(wanted)
        # One key after another: a tabulator key inside of a pasted text completes nothing.
        for key in re.findall(rb'\\x1b\\[.|.', keys, re.S):
            time.sleep(0.03)
            os.write(terminal, key)
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            read = os.read(terminal, 65536)
        except OSError:
            break
        if not read:
            break
        shown += read
sys.stdout.buffer.write(shown)
sys.exit(1 if steps else 0)
`

/** Returns what the terminal received, without styles and moves of the cursor. */
export const inTerminal = (
  command: readonly string[],
  steps: readonly (readonly [wanted: string, keys: string])[],
  { columns = 80, rows = 24, env = {} }: { columns?: number; rows?: number; env?: NodeJS.ProcessEnv } = {},
): string => {
  const { status, stdout, stderr } = spawnSync(
    python!,
    ['-c', driver, JSON.stringify([[columns, rows], steps, command])],
    { encoding: 'utf8', env: { ...env, TERM: 'xterm' } },
  )
  if (status !== 0) throw new Error(`the program did not come to its last step: ${stderr}${stdout}`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for these characters
  return stdout.replaceAll(/\x1b(\[[\d;?]*[A-Za-z]|[=>])/g, '').replaceAll('\r\n', '\n')
}
