import { unzipSync } from 'fflate'

/** An app's files by path, unpacked. */
export type PackageFiles = Record<string, Uint8Array>

/** The largest zip a private app may have. Source: "Uploading and installing a private app". */
export const MAX_ZIP_BYTES = 2 * 1024 * 1024

/** What a package may unpack to, so that a small zip can't fill the memory. */
const MAX_UNPACKED_BYTES = 50 * 1024 * 1024

/** A package that can't even be opened. The message is for the person who uploads it. */
export class BadPackage extends Error {
  override readonly name = 'BadPackage'
}

/** @throws {BadPackage} when it is no zip or too large */
export function unpack(zip: Uint8Array): PackageFiles {
  if (zip.byteLength > MAX_ZIP_BYTES) {
    throw new BadPackage(`The app is too large: ${zip.byteLength} bytes, the limit is ${MAX_ZIP_BYTES}.`)
  }
  let total = 0
  try {
    const files = unzipSync(zip, {
      filter: (file) => {
        total += file.originalSize
        if (total > MAX_UNPACKED_BYTES) throw new BadPackage('The app is too large when it is unpacked.')
        return !file.name.endsWith('/')
      },
    })
    if (Object.keys(files).length === 0) throw new BadPackage('Invalid zip file: it is empty.')
    return files
  } catch (error) {
    if (error instanceof BadPackage) throw error
    throw new BadPackage('Invalid zip file.')
  }
}

export function readText(files: PackageFiles, path: string): string | null {
  const bytes = files[path]
  return bytes ? new TextDecoder().decode(bytes) : null
}
