import { del, entries, get, set } from 'idb-keyval'

/** A file that the reader has opened, kept in this browser so that a reload finds it again. */
export interface KeptFile {
  readonly id: string
  readonly title: string
  readonly file: Blob
}

/** As many are kept; the oldest goes first. */
const MOST_KEPT = 5

/** The files that are kept, newest first. None where storage is forbidden. */
export async function keptFiles(): Promise<readonly KeptFile[]> {
  try {
    const kept = (await entries<string, KeptFile>()).map(([, file]) => file)
    return kept.toSorted((a, b) => (a.id < b.id ? 1 : -1))
  } catch {
    return []
  }
}

/** The file with this id; null where it is not kept. */
export async function keptFile(id: string): Promise<KeptFile | null> {
  try {
    return (await get<KeptFile>(id)) ?? null
  } catch {
    return null
  }
}

/** Keep a file. Rejects where storage is full or forbidden. */
export async function keepFile(kept: KeptFile): Promise<void> {
  await set(kept.id, kept)
  for (const { id } of (await keptFiles()).slice(MOST_KEPT)) await del(id)
}

export const forgetFile = (id: string): Promise<void> => del(id)
