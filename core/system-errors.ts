/** Errors of the operating system in words. Node gives them as codes such as ENOSPC. */

const meanings: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file and not a folder',
  EISDIR: 'it is a folder, and a file is needed',
  EEXIST: 'a file or folder of that name is there already',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk failed to read or write',
  EBUSY: 'the file is in use',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EXDEV: 'it lies on another disk',
  ENOTFOUND: 'the name of the host was not found',
  EAI_AGAIN: 'names of hosts cannot be looked up',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut off',
  ENETUNREACH: 'the network cannot be reached',
  ENETDOWN: 'the network is down',
  EHOSTUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'the host did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'the host did not answer in time',
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'this machine does not have that address',
}

/** The meaning of a code with the code, for example `the disk is full (ENOSPC)`. */
export const meaningOf = (code: string | undefined): string => {
  const meaning = code === undefined ? undefined : meanings[code]
  return meaning ? `${meaning} (${code})` : (code ?? 'unknown error')
}

/** What an error of the operating system says, with its path. Undefined for other errors. */
export const systemReason = (error: Error): string | undefined => {
  const { code, syscall, path, dest } = error as Error & Readonly<Record<string, unknown>>
  if (typeof code !== 'string' || typeof syscall !== 'string' || !(code in meanings)) return undefined
  const place = syscall === 'rename' ? (dest ?? path) : path
  return typeof place === 'string' ? `${place}: ${meaningOf(code)}` : `${meaningOf(code)}, in ${syscall}`
}
